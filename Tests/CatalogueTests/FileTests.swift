import Blueprints
import DeployerHost
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FileTests {
    @Test(arguments: CatalogueKind.allCases)
    func `A missing protobuf file names its node`(kind: CatalogueKind) async {
        var platform = Platform.pipeline
        platform.files["org/two.proto"] = nil
        let error = await expectError(.missingFile) { try await kind.fetch(platform) }
        #expect(error?.node == "two")
        #expect(error?.what == #"The protobuf file (proto_uri) of node "two" is missing"#)
        #expect(error?.why == #"the repository has no file "org/two.proto""#)
    }

    @Test(arguments: CatalogueKind.allCases)
    func `A missing blueprint names its artifact`(kind: CatalogueKind) async {
        var platform = Platform.pipeline
        platform.files["org/b.json"] = nil
        let error = await expectError(.missingFile) { try await kind.fetch(platform) }
        #expect(error?.what == #"The blueprint (artifact "BluePrint-1") is missing"#)
    }

    @Test(
        arguments: CatalogueKind.allCases,
        [
            "", "/etc/passwd", "..", "../solutions/a.json", "org/../../a", "org//b.json", "http://example.org/a",
            "//example.org/a", "org/./b.json", "org/b.json/", "a\\u0000b", "a\\\\b",
        ]
    )
    func `A path that leads elsewhere is refused`(kind: CatalogueKind, uri: String) async {
        var platform = Platform(artifacts: [Platform.artifact("BP", uri: uri)], files: ["org/b.json": "{}"])
        await expectError(.invalidData) { try await kind.fetch(platform) }

        guard !uri.isEmpty else { return }
        platform = .pipeline
        platform.files["org/b.json"] = Array(Platform.blueprint([("one", "MLModel", uri)]).utf8)
        let error = await expectError(.invalidData) { try await kind.fetch(platform) }
        #expect(error?.node == "one")
    }

    @Test(arguments: CatalogueKind.allCases)
    func `A path is data: blanks, braces, umlauts and percent signs stay what they are`(kind: CatalogueKind)
        async throws
    {
        let uri = "org/a b/{x}/ü%2e%2e/?#.proto"
        var platform = Platform.pipeline
        platform.files["org/b.json"] = Array(Platform.blueprint([("one", "MLModel", uri)]).utf8)
        platform.files[uri] = Array(Platform.proto.utf8)
        guard case .pipeline(_, let protos) = try await kind.fetch(platform).content else {
            Issue.record("not a pipeline")
            return
        }
        #expect(protos == [uri: Platform.proto])
    }

    @Test func `The path is sent with each segment encoded`() async throws {
        var platform = Platform.pipeline
        platform.files["org/b.json"] = Array(Platform.blueprint([("one", "MLModel", "org/a b/{x}%2f.proto")]).utf8)
        platform.files["org/a b/{x}%2f.proto"] = Array(Platform.proto.utf8)
        try await PlatformServices.serving(platform) { services in
            _ = try await services.catalogue().fetch(.tested, for: .operator)
            #expect(services.nexus.requests.last?.path == "/repository/org/a%20b/%7Bx%7D%252f.proto")
        }
    }

    @Test(
        arguments: CatalogueKind.allCases,
        [
            [0x73, 0x79, 0x6E, 0xFF], Array("message A {}".utf8), Array("<!DOCTYPE html><html>syntax</html>".utf8), [],
            Array(repeating: 0x20, count: 1 << 20 + 1),
        ] as [[UInt8]]
    )
    func `What is no protobuf file is refused, naming the node`(kind: CatalogueKind, bytes: [UInt8]) async {
        var platform = Platform.pipeline
        platform.files["org/two.proto"] = bytes
        let error = await expectError(.invalidData) { try await kind.fetch(platform) }
        #expect(error?.node == "two")
    }

    @Test(arguments: CatalogueKind.allCases, ["<html></html>", "", "{", "\u{FEFF}<!DOCTYPE html>"])
    func `A blueprint that is not JSON is told`(kind: CatalogueKind, text: String) async {
        var platform = Platform.pipeline
        platform.files["org/b.json"] = Array(text.utf8)
        await expectError(.invalidData) { try await kind.fetch(platform) }
    }

    @Test(arguments: CatalogueKind.allCases, ["[]", "{}", #"{"nodes":[{"container_name":null}]}"#])
    func `JSON that is no blueprint is left for the passes to refuse`(kind: CatalogueKind, text: String) async throws {
        var platform = Platform.pipeline
        platform.files["org/b.json"] = Array(text.utf8)
        let source = try await kind.fetch(platform)
        #expect(source.content == .pipeline(blueprint: Array(text.utf8), protos: [:]))
    }

    @Test(arguments: CatalogueKind.allCases)
    func `A blueprint with too many nodes makes no call for each of them`(kind: CatalogueKind) async throws {
        var platform = Platform.pipeline
        let nodes = (0...2_000).map { ("n\($0)", "MLModel", "missing\($0).proto") }
        platform.files["org/b.json"] = Array(Platform.blueprint(nodes).utf8)
        guard case .pipeline(_, let protos) = try await kind.fetch(platform).content else {
            Issue.record("not a pipeline")
            return
        }
        #expect(protos.isEmpty)
    }

    @Test(arguments: CatalogueKind.allCases)
    func `All protobuf files together have a limit`(kind: CatalogueKind) async {
        var platform = Platform.pipeline
        let nodes = (0..<5).map { ("n\($0)", "MLModel", "n\($0).proto") }
        platform.files["org/b.json"] = Array(Platform.blueprint(nodes).utf8)
        let text = Platform.proto + String(repeating: " ", count: 900_000)
        for node in nodes { platform.files[node.2] = Array(text.utf8) }
        await expectError(.notDeployable) { try await kind.fetch(platform) }
    }

    @Test(arguments: CatalogueKind.allCases, ["SharedFolder", "sharedfolder", "Splitter", "Collator"])
    func `Nodes without a container need no protobuf file`(kind: CatalogueKind, type: String) async throws {
        var platform = Platform.pipeline
        let nodes = [("one", "MLModel", "org/one.proto"), ("two", "MLModel", "org/one.proto"), ("x", type, "missing")]
        platform.files["org/b.json"] = Array(Platform.blueprint(nodes).utf8)
        guard case .pipeline(_, let protos) = try await kind.fetch(platform).content else {
            Issue.record("not a pipeline")
            return
        }
        #expect(protos.keys.sorted() == ["org/one.proto"])
    }

    @Test func `A link that leads out of the folder is not followed, one that stays is`() async throws {
        try await Repository.withFolder { folder in
            let inner = folder.appending(path: "inner")
            try Platform.pipeline.write(to: inner.path)
            let proto = inner.appending(path: "nexus/org/two.proto")
            let catalogue = DirectoryCatalogue(folder: inner.path)
            for (target, isFollowed) in [("../../../outside", false), ("one.proto", true), ("/dev/zero", false)] {
                try Data(Platform.proto.utf8).write(to: folder.appending(path: "outside"))
                try FileManager.default.removeItem(at: proto)
                try FileManager.default.createSymbolicLink(atPath: proto.path, withDestinationPath: target)
                if isFollowed {
                    _ = try await catalogue.fetch(.tested, for: .anonymous)
                } else {
                    await expectError(.invalidData) { try await catalogue.fetch(.tested, for: .anonymous) }
                }
            }
        }
    }

    @Test func `A folder that is not there is told`() async throws {
        let catalogue = DirectoryCatalogue(folder: "/nowhere/at/all")
        await expectError(.unavailable) { try await catalogue.fetch(.tested, for: .operator) }
        #expect(await catalogue.check() != nil)
        #expect(catalogue.list().isEmpty)
        #expect(await DirectoryCatalogue(folder: Repository.samples.path).check() == nil)
    }
}
