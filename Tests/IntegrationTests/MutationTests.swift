import Blueprints
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LocalYAML
import Logging
import Passes
import Secrets
import TargetContract
import TestSupport
import Testing

@testable import DeployerHost

/// At least ten thousand changes of good input, the same in every run, give nothing but defined outcomes.
@Suite("Mutated input")
struct MutationTests {
    private static let corpus: [[UInt8]] =
        [
            PipelineFixture.blueprint([
                PipelineFixture.sharedFolder("/data/shared", to: ["trainer one"]),
                PipelineFixture.node(
                    "trainer one",
                    operations: [
                        PipelineFixture.mountVolume(),
                        PipelineFixture.operation("run", to: [PipelineFixture.edge("Sink", "run")]),
                    ]
                ),
                PipelineFixture.node("sink", operations: [PipelineFixture.operation("run")]),
                PipelineFixture.node(
                    "split", type: "Splitter", image: "", extra: ["splitter_map": ["splitter_type": "Copy-based"]]),
            ]).json()
        ] + ((try? samples()) ?? [])

    private static func samples() throws -> [[UInt8]] {
        let nexus = Repository.samples.appending(path: "nexus")
        let files = FileManager.default.enumerator(atPath: nexus.path)?.compactMap { $0 as? String } ?? []
        return try files.filter { $0.hasSuffix(".json") }.sorted().map {
            [UInt8](try Data(contentsOf: nexus.appending(path: $0)))
        }
    }

    @Test("of blueprints is planned and rendered, or refused", .timeLimit(.minutes(5)))
    func blueprints() throws {
        #expect(Self.corpus.count > 3)
        let target = try LocalYAMLTarget(settings: TargetSettings(), services: TargetServices { _, _ in })
        let values = try OptionValues([:], for: LocalYAMLTarget.manifest.options)
        var mutator = Mutator(seed: 1)
        var outcomes = (planned: 0, refused: 0)
        for round in 0..<6_000 {
            let bytes = mutator.mutate(Self.corpus[round % Self.corpus.count])
            let source = SolutionSource(
                reference: PipelineFixture.reference,
                name: String(decoding: bytes.prefix(40), as: UTF8.self),
                version: "1",
                content: .pipeline(blueprint: bytes, protos: Self.protos(in: bytes))
            )
            do {
                let plan = try source.planned()
                _ = try target.render(plan, options: values)
                #expect(plan.nodes.allSatisfy { ObjectName.isValid($0.name) })
                outcomes.planned += 1
            } catch let refusal as Refusal {
                #expect(!refusal.problem.isEmpty && !refusal.remedy.isEmpty)
                outcomes.refused += 1
            }
        }
        #expect(outcomes.planned > 100)
        #expect(outcomes.refused > 100)
    }

    @Test("of artifact lists and records is accepted, or a catalogue error", .timeLimit(.minutes(5)))
    func records() async throws {
        let folder = try TemporaryFolder()
        let (solution, revision) = ("33333333-3333-4333-8333-333333333333", "cccccccc-cccc-4ccc-8ccc-cccccccccccc")
        try FileManager.default.copyItem(at: Repository.samples, to: URL(filePath: "\(folder.path)/c"))
        let catalogue = DirectoryCatalogue(folder: "\(folder.path)/c")
        let reference = try #require(SolutionReference(solutionID: solution, revisionID: revision))
        var mutator = Mutator(seed: 2)
        var refused = 0
        for path in ["artifacts/\(revision).json", "solutions/\(solution).json", "revisions/\(revision).json"] {
            let original = [UInt8](try Data(contentsOf: URL(filePath: "\(folder.path)/c/\(path)")))
            for _ in 0..<700 {
                try folder.put("c/\(path)", bytes: mutator.mutate(original))
                do {
                    _ = try await catalogue.fetch(reference, for: .operator)
                } catch {
                    #expect(!error.why.isEmpty && !error.remedy.isEmpty)
                    refused += 1
                }
            }
            try folder.put("c/\(path)", bytes: original)
        }
        #expect(refused > 100)
    }

    @Test("of tokens is a session or a token error", .timeLimit(.minutes(5)))
    func tokens() throws {
        let verifier = TokenVerifier(key: SecretBytes(PortalToken.keyBytes)) { PortalToken.now }
        let good = Array(PortalToken().text.utf8)
        var mutator = Mutator(seed: 3)
        for _ in 0..<2_000 {
            let mutated = mutator.mutate(good)
            guard mutated != good else { continue }
            #expect(throws: TokenError.self) {
                try verifier.verify(String(decoding: mutated, as: UTF8.self))
            }
        }
        for _ in 0..<500 {
            var token = PortalToken()
            let payload = mutator.mutate(Document.object(token.payload).json())
            guard let object = try? Document(json: payload).object else { continue }
            token.payload = object
            do { _ = try verifier.verify(token.text) } catch { #expect(!error.description.isEmpty) }
        }
    }

    @Test("of requests has an answer below 500", .timeLimit(.minutes(5)))
    func requests() async throws {
        var configuration = Configuration()
        configuration.jwt.key = SecretBytes(PortalToken.key)
        configuration.catalogue.directory = Repository.samples.path
        let deployer = Deployer(
            configuration: configuration,
            catalogue: DirectoryCatalogue(folder: Repository.samples.path),
            targets: TargetRegistry(configuration: configuration) { _, _ in }
        )
        let router = try DeployerServer(deployer: deployer, logger: Logger(label: "test")) { PortalToken.now }.router()
        var logger = Logger(label: "quiet")
        logger.logLevel = .critical
        let body = Array(
            #"{"solutionId":"33333333-3333-4333-8333-333333333333","revisionId":"cccccccc-cccc-4ccc-8ccc-cccccccccccc","target":"local-yaml","options":{"volume-size":"2Gi"}}"#
                .utf8
        )
        let path = Array(
            "/getSolutionZip/33333333-3333-4333-8333-333333333333/cccccccc-cccc-4ccc-8ccc-cccccccccccc?x=%20".utf8)
        try await Application(router: router, logger: logger).test(.router) { client in
            var mutator = Mutator(seed: 4)
            let headers: HTTPFields = [.authorization: PortalToken().text, .contentType: "application/json"]
            for _ in 0..<1_000 {
                let answer = try await client.execute(
                    uri: "/api/v1/plans",
                    method: .post,
                    headers: headers,
                    body: ByteBuffer(bytes: mutator.mutate(body))
                )
                #expect(answer.status.code < 500)
            }
            for _ in 0..<500 {
                let uri =
                    "/"
                    + String(
                        decoding: mutator.mutate(path).dropFirst().filter { $0 > 0x20 && $0 < 0x7F }, as: UTF8.self)
                let answer = try await client.execute(uri: uri, method: .get, headers: headers)
                #expect(answer.status.code < 500)
            }
        }
    }

    private static func protos(in blueprint: [UInt8]) -> [String: String] {
        guard let nodes = try? Document(json: blueprint)["nodes"]?.array else { return [:] }
        let uris = nodes.compactMap { $0["proto_uri"]?.string }
        return Dictionary(uris.map { ($0, PipelineFixture.proto()) }) { first, _ in first }
    }
}
