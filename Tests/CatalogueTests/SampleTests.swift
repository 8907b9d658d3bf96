import Blueprints
import DeployerHost
import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SampleTests {
    static let samples = DirectoryCatalogue(folder: Repository.samples.path)

    @Test func `The folder of samples lists its solutions by name`() {
        #expect(
            Self.samples.list().map(\.name) == [
                "Berth Planner", "BirdCallClassifier", "Zürich Tram Delays", "axle-counter-stream",
                "turbine-vibration-training",
            ]
        )
    }

    @Test func `Both catalogues give the same solution for every sample`() async throws {
        let platform = try Platform(samples: ())
        try await PlatformServices.serving(platform) { services in
            let graphene = try services.catalogue()
            #expect(Self.samples.list().count == 5)
            for entry in Self.samples.list() {
                let fromFolder = try await Self.samples.fetch(entry.reference, for: .anonymous)
                let fromPlatform = try await graphene.fetch(entry.reference, for: .signedIn(userID: Platform.userID))
                #expect(fromFolder == fromPlatform)
                #expect(fromFolder.name == entry.name && fromFolder.remarks.isEmpty)
            }
        }
    }

    @Test(arguments: [
        ("22222222-2222-4222-8222-222222222222/bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb", 3),
        // The proto of the shared folder is not used.
        ("33333333-3333-4333-8333-333333333333/cccccccc-cccc-4ccc-8ccc-cccccccccccc", 4),
        ("44444444-4444-4444-8444-444444444444/dddddddd-dddd-4ddd-8ddd-dddddddddddd", 4),
        ("55555555-5555-4555-8555-555555555555/eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee", 3),
    ])
    func `A pipeline comes with the protobuf file of each container`(reference: String, count: Int) async throws {
        let reference = try #require(SolutionReference(reference))
        let source = try await Self.samples.fetch(reference, for: .operator)
        guard case .pipeline(_, let protos) = source.content else {
            Issue.record("not a pipeline")
            return
        }
        #expect(protos.count == count)
    }

    @Test func `A single model comes with its image and its protobuf file`() async throws {
        let text = "11111111-1111-4111-8111-111111111111/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
        let source = try await Self.samples.fetch(try #require(SolutionReference(text)), for: .operator)
        guard case .model(let image, let proto?) = source.content else {
            Issue.record("not a model with a protobuf file")
            return
        }
        #expect(source.name == "BirdCallClassifier" && source.version == "1.2.0")
        #expect(image == "registry.example.org/graphene-samples/bird-call-classifier:1.2.0")
        #expect(proto.name == "bird-call-classifier.proto" && proto.text.contains("syntax"))
    }
}
