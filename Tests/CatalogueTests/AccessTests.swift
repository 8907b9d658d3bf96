import Blueprints
import DeployerHost
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct AccessTests {
    @Test func `A user without access is refused, and no file is read`() async throws {
        var platform = Platform.pipeline
        platform.readers = []
        try await PlatformServices.serving(platform) { services in
            await expectError(.accessDenied) {
                try await services.catalogue().fetch(.tested, for: .signedIn(userID: Platform.userID))
            }
            #expect(services.nexus.requests.isEmpty)
        }
    }

    @Test(arguments: ["unknown", "", "..", "a/b", String(repeating: "x", count: 100)])
    func `A user whom the platform does not know is refused`(id: String) async {
        await expectError(.accessDenied) {
            try await CatalogueKind.graphene.fetch(.pipeline, for: .signedIn(userID: id))
        }
    }

    @Test func `A user whose account is switched off is refused`() async {
        var platform = Platform.pipeline
        platform.users[Platform.userID] = #"{"userId":"a","active":false}"#
        let error = await expectError(.inactive) { try await CatalogueKind.graphene.fetch(platform) }
        #expect(error?.why == "your account has been deactivated")
    }

    @Test(arguments: [
        (#"[{"accessTypeCode":"PB"}]"#, true), (#"[{"accessTypeCode":"RS"},{"accessTypeCode":"PB"}]"#, true),
        (#"[{"accessTypeCode":"RS"}]"#, false), ("[]", false), (#"[{"accessTypeCode":null}]"#, false),
    ])
    func `Somebody unknown reads only what is in a public catalog`(catalogs: String, isReadable: Bool) async throws {
        var platform = Platform.pipeline
        platform.catalogs[Platform.solutionID] = catalogs
        if isReadable {
            #expect(try await CatalogueKind.graphene.fetch(platform, for: .anonymous).name == "A solution")
        } else {
            await expectError(.accessDenied) { try await CatalogueKind.graphene.fetch(platform, for: .anonymous) }
        }
    }

    @Test func `The operator, and everybody while the check is off, reads everything`() async throws {
        var platform = Platform.pipeline
        (platform.readers, platform.users, platform.catalogs) = ([], [:], [:])
        try await PlatformServices.serving(platform) { services in
            _ = try await services.catalogue().fetch(.tested, for: .operator)
            for user in [CatalogueUser.anonymous, .signedIn(userID: "unknown")] {
                _ = try await services.catalogue(accessCheck: false).fetch(.tested, for: user)
            }
        }
    }

    @Test func `An access check that fails is no access`() async throws {
        let path = "/ccds/access/user/\(Platform.userID)/solution/\(Platform.solutionID)"
        for (answer, code) in [
            (StandInAnswer(status: 500), CatalogueError.Code.unavailable), (StandInAnswer(), .accessDenied),
            (StandInAnswer("{}"), .invalidData), (StandInAnswer(#"{"count":"1"}"#), .invalidData),
        ] {
            try await PlatformServices.serving(.pipeline, faults: [path: answer]) { services in
                await expectError(code) {
                    try await services.catalogue().fetch(.tested, for: .signedIn(userID: Platform.userID))
                }
            }
        }
    }
}
