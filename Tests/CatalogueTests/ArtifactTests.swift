import Blueprints
import DeployerHost
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ArtifactTests {
    @Test(arguments: CatalogueKind.allCases)
    func `The newest of several images is used, and said`(kind: CatalogueKind) async throws {
        let platform = Platform(
            toolkit: "SK",
            artifacts: [
                Platform.artifact("DI", uri: "r.example/a:old", modified: "2024-01-01T00:00:00Z"),
                Platform.artifact("DI", uri: "r.example/a:new", modified: "2024-01-01T00:00:00.500Z"),
                Platform.artifact("DP", uri: "r.example/a:dp", modified: "2025-01-01T00:00:00Z"),
            ],
            files: [:]
        )
        let source = try await kind.fetch(platform)
        #expect(source.content == .model(image: "r.example/a:new", proto: nil))
        #expect(source.remarks == [#"the revision has 2 images; the newest one, "r.example/a:new", is used"#])
    }

    @Test(arguments: CatalogueKind.allCases)
    func `Without a docker image the one that was made before is used`(kind: CatalogueKind) async throws {
        let artifacts = [Platform.artifact("DI", uri: ""), Platform.artifact("DP", uri: "r.example/a:dp")]
        let source = try await kind.fetch(Platform(toolkit: "SK", artifacts: artifacts, files: [:]))
        #expect(source.content == .model(image: "r.example/a:dp", proto: nil) && source.remarks.isEmpty)
    }

    @Test(
        arguments: CatalogueKind.allCases,
        [[], [Platform.artifact("DI", uri: "")], [Platform.artifact("LG", uri: "a")]]
    )
    func `A model without an image is refused`(kind: CatalogueKind, artifacts: [String]) async {
        let error = await expectError(.notDeployable) {
            try await kind.fetch(Platform(toolkit: "SK", artifacts: artifacts, files: [:]))
        }
        #expect(error?.why == "it has no docker image")
    }

    @Test(arguments: CatalogueKind.allCases, ["CP", "cp"])
    func `A pipeline without a blueprint has not been validated`(kind: CatalogueKind, toolkit: String) async {
        let artifacts = [Platform.artifact("CD", uri: "a"), Platform.artifact("DI", uri: "r.example/a:1")]
        let error = await expectError(.notDeployable) {
            try await kind.fetch(Platform(toolkit: toolkit, artifacts: artifacts, files: [:]))
        }
        #expect(error?.why == "the pipeline has not been validated in Design Studio yet")
    }

    @Test(arguments: CatalogueKind.allCases)
    func `A blueprint makes a pipeline, whatever the toolkit; the newest one counts`(kind: CatalogueKind) async throws {
        let artifacts = [
            Platform.artifact("BP", uri: "new.json", modified: "2024-02-01T00:00:00Z"),
            Platform.artifact("BP", uri: "old.json", modified: "2024-01-31T00:00:00Z"),
            Platform.artifact("DI", uri: "r.example/a:1"),
        ]
        let platform = Platform(
            toolkit: "SK",
            artifacts: artifacts,
            files: ["new.json": #"{"nodes":[]}"#, "old.json": "{}"]
        )
        let source = try await kind.fetch(platform)
        #expect(source.content == .pipeline(blueprint: Array(#"{"nodes":[]}"#.utf8), protos: [:]))
        #expect(source.remarks.count == 1)
    }

    @Test(arguments: CatalogueKind.allCases)
    func `Of the model images only a protobuf file is read`(kind: CatalogueKind) async throws {
        var artifacts = [
            Platform.artifact("DI", uri: "r.example/a:1"),
            Platform.artifact("MI", name: "model.bin", uri: "org/model.bin"),
        ]
        let without = try await kind.fetch(Platform(toolkit: "SK", artifacts: artifacts, files: [:]))
        #expect(without.content == .model(image: "r.example/a:1", proto: nil))

        artifacts.append(Platform.artifact("MI", name: "interface", uri: "org/m-1.PROTO"))
        let platform = Platform(toolkit: "SK", artifacts: artifacts, files: ["org/m-1.PROTO": Platform.proto])
        let with = try await kind.fetch(platform)
        let proto = ProtoFile(name: "m-1.PROTO", text: Platform.proto)
        #expect(with.content == .model(image: "r.example/a:1", proto: proto))
    }
}
