import Blueprints
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Passes
import TestSupport
import Testing

@testable import DeployerHost

/// A catalogue that answers whatever the test says.
struct FixedCatalogue: SolutionCatalogue {
    let answer: Result<SolutionSource, CatalogueError>

    func fetch(_ reference: SolutionReference, for user: CatalogueUser) async throws(CatalogueError) -> SolutionSource {
        try answer.get()
    }

    func check() async -> String? { nil }
}

@Suite("Pages")
struct PageTests {
    private static func get(_ path: String, _ answer: Result<SolutionSource, CatalogueError>) async throws
        -> TestResponse
    {
        var fixture = HostFixture()
        fixture.catalogue = FixedCatalogue(answer: answer)
        return try await fixture.test { client in
            var headers = HTTPFields.token()
            headers[.accept] = "text/html,application/xhtml+xml"
            return try await client.execute(uri: path, method: .get, headers: headers)
        }
    }

    @Test("show the pipeline, what was decided for it, and the download")
    func deployPage() async throws {
        let source = PipelineFixture.pipeline(
            [PipelineFixture.node("My Node")], extra: ["probeIndicator": [["value": "true"]]])
        let page = try await Self.get("/deploy/a/b", .success(source))
        #expect(page.status == .ok)
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        #expect(page.text.contains("My Node&quot; by its author"))
        #expect(page.text.contains("a probe is not deployed"))
        #expect(page.text.contains("href=\"../../getSolutionZip/\(PipelineFixture.reference)\""))
        let deeper = try await Self.get("/local-yaml/deploy/a/b", .success(source))
        #expect(deeper.text.contains("href=\"../../../getSolutionZip/\(PipelineFixture.reference)\""))
    }

    @Test("ask for the target's options, with good values to start with")
    func optionForm() async throws {
        let source = PipelineFixture.pipeline([PipelineFixture.node("a")], name: "Berth Planner!")
        let page = try await Self.get("/creodias/deploy/s/r", .success(source))
        #expect(page.status == .ok)
        #expect(!page.text.contains("getSolutionZip"))
        #expect(page.text.contains(#"<textarea id="option-kubeconfig" name="option.kubeconfig""#))
        #expect(page.text.contains(#"name="file.kubeconfig""#))
        let namespace = ObjectName.repairing("Berth Planner!", fallback: "solution")
        #expect(page.text.contains(#"name="option.namespace" value="\#(namespace)""#))
        #expect(page.text.contains(#"name="action" value="preview""#))
    }

    @Test("tell when an option counts, and can show its values")
    func dependentOptions() async throws {
        let source = PipelineFixture.pipeline([PipelineFixture.node("a")])
        let page = try await Self.get("/creodias/deploy/s/r", .success(source))
        let cluster = #"data-field="cluster" data-required data-applies-option="access""#
        #expect(page.text.contains(cluster))
        #expect(page.text.contains(#"data-applies-values="[&quot;cluster&quot;]""#))
        #expect(page.text.contains("Counts only with Access: cluster."))
        #expect(page.text.contains(#"name="action" value="choices:cluster""#))
        #expect(page.text.contains(#"<datalist id="option-cluster-list">"#))
        #expect(page.text.contains(#"data-target="creodias" data-choices-path="../../../api/v1/choices""#))
    }

    @Test(
        "lead to the download also from an address with a slash at its end",
        arguments: [("/deploy/a/b/", "../../../"), ("/local-yaml/deploy/a/b/", "../../../../")])
    func trailingSlash(path: String, root: String) async throws {
        let page = try await Self.get(path, .success(PipelineFixture.model()))
        #expect(page.status == .ok)
        #expect(page.text.contains("href=\"\(root)getSolutionZip/\(PipelineFixture.reference)\""))
    }

    @Test("escape what comes from others")
    func escaping() async throws {
        let source = PipelineFixture.pipeline(
            [PipelineFixture.node("<script>alert(1)</script>")], name: "\"><img src=x onerror=alert(1)>")
        let page = try await Self.get("/deploy/a/b", .success(source))
        #expect(page.status == .ok)
        #expect(!page.text.contains("<script>"))
        #expect(!page.text.contains("<img"))
        #expect(page.text.contains("&lt;img"))
    }

    @Test("carry headers that keep browsers from doing more than show them")
    func securityHeaders() async throws {
        let page = try await Self.get("/deploy/a/b", .success(PipelineFixture.model()))
        let policy = try #require(page.headers[.contentSecurityPolicy])
        #expect(policy.contains("default-src 'self'"))
        #expect(!policy.contains("unsafe"))
        #expect(page.headers[.xContentTypeOptions] == "nosniff")
        #expect(page.headers[.referrerPolicy] == "no-referrer")
        #expect(page.headers[.cacheControl] == "no-store")
        #expect(page.headers[.strictTransportSecurity] == "max-age=31536000")
    }

    @Test("explain a refusal with node, field and remedy")
    func refusal() async throws {
        let source = PipelineFixture.pipeline([PipelineFixture.node("Broken", image: "")])
        let page = try await Self.get("/deploy/a/b", .success(source))
        #expect(page.status == .unprocessableContent)
        for text in ["Broken", "image", "There is no docker image", "Publish the model again"] {
            #expect(page.text.contains(text))
        }
    }

    @Test(
        "answer a failing catalogue with the right status",
        arguments: [
            (.unknownSolution, .notFound), (.wrongPairing, .notFound), (.accessDenied, .forbidden),
            (.inactive, .forbidden),
            (.notDeployable, .unprocessableContent), (.timeout, .gatewayTimeout), (.unavailable, .badGateway),
            (.missingFile, .badGateway),
            (.misconfigured, .badGateway), (.invalidData, .badGateway),
        ] as [(CatalogueError.Code, HTTPResponse.Status)])
    func catalogueFailure(code: CatalogueError.Code, status: HTTPResponse.Status) async throws {
        let error = CatalogueError(code, node: "Some Node", what: "This failed", why: "it had to", remedy: "Try again")
        let page = try await Self.get("/deploy/a/b", .failure(error))
        #expect(page.status == status)
        for text in ["This failed", "It had to.", "Try again.", "Some Node"] { #expect(page.text.contains(text)) }
    }

    @Test("answer 404 for a target that is not there")
    func unknownTarget() async throws {
        let page = try await Self.get("/nowhere/deploy/a/b", .success(PipelineFixture.model()))
        #expect(page.status == .notFound)
        #expect(page.text.contains("No target called"))
    }
}
