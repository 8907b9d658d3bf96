import Documents
import TestSupport
import Testing
import Transport

@testable import Kubernetes

@Suite(.timeLimit(.minutes(1)))
struct ClientTests {
    private func asking<Value: Sendable>(
        _ answer: @escaping @Sendable (RecordedRequest) -> StandInAnswer,
        _ body: @escaping @Sendable (KubernetesClient, StandIn) async throws -> Value
    ) async throws -> Value {
        try await StandIn.serving(answer) { server in
            let client = try KubernetesClient(server: server.url + "/k8s", http: HTTPClient(), authorization: nil)
            return try await body(client, server)
        }
    }

    @Test func `All pages of a list are read`() async throws {
        let names = try await asking { request in
            let isSecond = request.query?.contains("continue=next") == true
            let page = isSecond ? "" : #","continue":"next""#
            let name = isSecond ? "b" : "a"
            return StandInAnswer(
                #"{"metadata":{"resourceVersion":"1"\#(page)},"items":[{"metadata":{"name":"\#(name)"}}]}"#)
        } _: { client, server in
            let list = try await client.list(.pod, namespace: "n", labels: "app=x")
            #expect(server.requests.map(\.path) == ["/k8s/api/v1/namespaces/n/pods", "/k8s/api/v1/namespaces/n/pods"])
            #expect(server.requests[0].query?.hasPrefix("labelSelector=app%3Dx&") == true)
            #expect(list.items.allSatisfy { $0["kind"] == "Pod" && $0["apiVersion"] == "v1" })
            return list.items.compactMap { $0["metadata"]?["name"]?.string }
        }
        #expect(names == ["a", "b"])
    }

    @Test func `A status is read by itself, and one that is not there is none`() async throws {
        try await asking { request in
            request.path == "/k8s/apis/apps/v1/namespaces/n/deployments/d/status"
                ? StandInAnswer(#"{"status":{"replicas":1}}"#)
                : StandInAnswer(status: 404, #"{"kind":"Status","code":404}"#)
        } _: { client, _ in
            let found = try await client.status(.deployment, "d", namespace: "n")
            let absent = try await client.status(.deployment, "other", namespace: "n")
            #expect(found?["status"]?["replicas"] == 1 && absent == nil)
        }
    }

    @Test func `An apply names its manager, and a dry run writes nothing`() async throws {
        try await asking { _ in
            StandInAnswer(#"{"kind":"Service"}"#)
        } _: { client, server in
            let object: Document = ["kind": "Service"]
            _ = try await client.apply(
                .document(object), .service, "s", namespace: "n", takesOver: true, isDryRun: true)
            let request = try #require(server.requests.first)
            #expect(request.method == "PATCH" && request.path == "/k8s/api/v1/namespaces/n/services/s")
            #expect(request.query == "fieldManager=graphene-deployer&force=true&dryRun=All")
            #expect(request.headers["content-type"] == "application/apply-patch+yaml")
        }
    }

    @Test func `A delete keeps a successor, and one that somebody else has written since`() async throws {
        try await asking { _ in
            StandInAnswer(#"{"kind":"Status"}"#)
        } _: { client, server in
            _ = try await client.delete(.lease, "l", namespace: "n", uid: "u-1", version: "42")
            let options = try Document(json: try #require(server.requests.first).body)
            #expect(options["preconditions"] == ["uid": "u-1", "resourceVersion": "42"])
            #expect(options["propagationPolicy"] == "Background")
        }
    }

    @Test(
        arguments: [
            (401, .unauthorized), (403, .forbidden), (409, .conflict), (422, .invalid), (400, .invalid), (418, .failed),
        ] as [(Int, KubernetesError.Code)]
    )
    func `A refusal comes with the cluster's words and the fields`(status: Int, code: KubernetesError.Code) async throws
    {
        let words = #"{"kind":"Status","message":"so it is","details":{"causes":[{"field":".spec","message":"m"}]}}"#
        try await asking { _ in
            StandInAnswer(status: status, words)
        } _: { client, _ in
            let error = try await #require(throws: KubernetesError.self) {
                try await client.get(.pod, "p", namespace: "n")
            }
            #expect(error.code == code && error.status == status && error.message == "so it is")
            #expect(error.causes == [.init(field: ".spec", message: "m")])
        }
    }

    @Test(arguments: [200, 403, 404])
    func `What is no answer of the API is never quoted`(status: Int) async throws {
        try await asking { _ in
            StandInAnswer(status: status, type: "text/html", "<p>internal page</p>")
        } _: { client, _ in
            let error = try await #require(throws: KubernetesError.self) { try await client.list(.pod, namespace: "n") }
            #expect(error.code == .notKubernetes)
            #expect(!"\(error)".contains("internal page"))
        }
    }

    @Test func `An overloaded server is asked again as soon as it wants to be, and not before`() async throws {
        let begin = ContinuousClock.now
        try await asking { request in
            request.path.hasSuffix("/first")
                ? StandInAnswer(#"{"kind":"Pod"}"#)
                : StandInAnswer(status: 429, headers: ["retry-after": "1"], body: [])
        } _: { client, server in
            _ = try await client.get(.pod, "first", namespace: "n")
            let waiting = Task { try await client.get(.pod, "second", namespace: "n") }
            while server.requests.count < 3 { try await Task.sleep(for: .milliseconds(10)) }
            waiting.cancel()
            let error = await #expect(throws: KubernetesError.self) { try await waiting.value }
            #expect(error?.code == .cancelled)
        }
        #expect(begin.duration(to: .now) >= .seconds(1))
    }
}
