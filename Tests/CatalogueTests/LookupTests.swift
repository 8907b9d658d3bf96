import Blueprints
import DeployerHost
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LookupTests {
    @Test(arguments: CatalogueKind.allCases)
    func `An unknown solution is told`(kind: CatalogueKind) async {
        await expectError(.unknownSolution) { try await kind.fetch(.pipeline, solution: "unknown") }
    }

    @Test(arguments: CatalogueKind.allCases)
    func `An unknown revision is told`(kind: CatalogueKind) async {
        await expectError(.unknownRevision) { try await kind.fetch(.pipeline, revision: "unknown") }
    }

    @Test(arguments: CatalogueKind.allCases)
    func `A revision of another solution is refused`(kind: CatalogueKind) async {
        var platform = Platform.pipeline
        platform.revisions["other"] = #"{"revisionId":"other","solutionId":"another","version":"1"}"#
        await expectError(.wrongPairing) { try await kind.fetch(platform, revision: "other") }
    }

    @Test(arguments: CatalogueKind.allCases)
    func `A solution that is switched off is refused, for everybody`(kind: CatalogueKind) async {
        var platform = Platform.pipeline
        platform.solutions[Platform.solutionID] = #"{"name":"a","active":false,"toolkitTypeCode":"CP"}"#
        for user in [CatalogueUser.operator, .anonymous, .signedIn(userID: Platform.userID)] {
            await expectError(.inactive) { try await kind.fetch(platform, for: user) }
        }
    }

    @Test(arguments: CatalogueKind.allCases)
    func `Members that are null count as absent`(kind: CatalogueKind) async throws {
        var platform = Platform.model
        platform.solutions[Platform.solutionID] = #"{"name":"a","active":null,"toolkitTypeCode":null}"#
        platform.revisions[Platform.revisionID] = #"{"solutionId":"\#(Platform.solutionID)","version":null}"#
        #expect(try await kind.fetch(platform).version == "")
    }

    @Test(arguments: CatalogueKind.allCases, ["[]", "{", "{}", "<html></html>", "null", #"{"name":1}"#])
    func `A record that is none is told`(kind: CatalogueKind, text: String) async {
        var platform = Platform.pipeline
        platform.solutions[Platform.solutionID] = text
        await expectError(.invalidData) { try await kind.fetch(platform) }
    }
}
