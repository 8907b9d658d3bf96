import Documents
import Kubernetes
import TestSupport
import Testing
import Transport

@testable import Creodias

/// An authorizer that cannot list its rules, as those of Keystone's webhook, which no cluster of the tests has.
@Suite(.timeLimit(.minutes(1)))
struct IncompleteRulesTests {
    /// The first look at an empty namespace, and what was asked for it.
    private func look(mayDoAll: Bool) async throws -> (preflight: Preflight, requests: [RecordedRequest]) {
        try await StandIn.serving { request in
            switch request.path.split(separator: "/").last {
            case "selfsubjectrulesreviews": StandInAnswer(#"{"status":{"incomplete":true,"resourceRules":[]}}"#)
            case "selfsubjectaccessreviews": StandInAnswer(#"{"status":{"allowed":\#(mayDoAll)}}"#)
            case "demo": StandInAnswer(#"{"kind":"Namespace","status":{"phase":"Active"}}"#)
            case "acumos-registry": StandInAnswer(status: 404, #"{"kind":"Status","code":404}"#)
            default: StandInAnswer(#"{"metadata":{},"items":[]}"#)
            }
        } _: { server in
            let cluster = try KubernetesClient(server: server.url, http: HTTPClient(), authorization: nil)
            let plan = try PipelineFixture.pipeline([
                PipelineFixture.sharedFolder("/data", to: ["a"]),
                PipelineFixture.node("a", operations: [PipelineFixture.mountVolume()]),
            ]).planned()
            let preflight = try await Preflight(plan, request: Cluster.request(), cluster: cluster)
            return (preflight, server.requests)
        }
    }

    @Test func `Who may do everything is asked nothing more`() async throws {
        let (preflight, requests) = try await look(mayDoAll: true)
        let question = try #require(requests.first { $0.path.hasSuffix("/selfsubjectaccessreviews") })
        let attributes = try Document(json: question.body)["spec"]?["resourceAttributes"]
        #expect(attributes?["verb"] == "*" && attributes?["group"] == "*" && attributes?["resource"] == "*")
        #expect(attributes?["namespace"] == "demo")
        #expect(!preflight.warnings.contains { $0.what.contains("permissions") })
        #expect(preflight.obstacles.isEmpty)
    }

    @Test func `What stays open is a warning with its names, never an obstacle`() async throws {
        let (preflight, _) = try await look(mayDoAll: false)
        let warning = try #require(preflight.warnings.first { $0.what.contains("permissions") })
        #expect(warning.why.contains("create deployments") && warning.why.contains("get pods/portforward"))
        #expect(preflight.obstacles.isEmpty)
    }

    @Test func `The question takes the place of the quotas among ten requests`() async throws {
        let (_, requests) = try await look(mayDoAll: false)
        #expect(requests.count == 10)
        #expect(!requests.contains { $0.path.hasSuffix("/resourcequotas") })
    }
}
