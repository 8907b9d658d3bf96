import Blueprints
import DeployerHost
import Secrets
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ServiceTests {
    static let solutionPath = "/ccds/solution/\(Platform.solutionID)"
    static let protoPath = "/repository/org/two.proto"

    @Test func `Each service gets its own credentials, unasked, and never the other's`() async throws {
        try await PlatformServices.serving(.pipeline) { services in
            _ = try await services.catalogue().fetch(.tested, for: .signedIn(userID: Platform.userID))
            #expect(services.cds.requests.count == 5 && services.nexus.requests.count == 3)
            #expect(services.cds.requests.allSatisfy { $0.isAuthorized(PlatformServices.cdsCredentials) })
            #expect(services.nexus.requests.allSatisfy { $0.isAuthorized(PlatformServices.nexusCredentials) })
        }
    }

    @Test(arguments: [
        (StandInAnswer(status: 500, "{}"), CatalogueError.Code.unavailable), (StandInAnswer(status: 503), .unavailable),
        (StandInAnswer(status: 204), .unavailable), (StandInAnswer(status: 404), .misconfigured),
        (StandInAnswer(status: 401), .misconfigured), (StandInAnswer(status: 403), .misconfigured),
        (.html, .invalidData), (.endless, .invalidData), (.slow(.seconds(30)), .timeout),
        (.redirect(to: "/ccds/solution/x"), .unavailable),
    ])
    func `What CDS answers amiss is never read as a solution`(
        answer: StandInAnswer,
        code: CatalogueError.Code
    ) async throws {
        let paths = [
            Self.solutionPath, Self.solutionPath + "/revision/" + Platform.revisionID,
            "/ccds/revision/\(Platform.revisionID)/artifact",
        ]
        for path in paths {
            try await PlatformServices.serving(.pipeline, faults: [path: answer]) { services in
                await expectError(code) {
                    try await services.catalogue(timeout: code == .timeout ? .seconds(3) : .seconds(20)).fetch(
                        .tested,
                        for: .operator
                    )
                }
            }
        }
    }

    @Test(arguments: [
        (StandInAnswer(status: 500, "{}"), CatalogueError.Code.unavailable),
        (StandInAnswer(status: 401), .misconfigured),
        (StandInAnswer(status: 403), .misconfigured), (StandInAnswer(status: 404), .missingFile),
        (.html, .invalidData), (.endless, .invalidData), (.slow(.seconds(30)), .timeout),
        (StandInAnswer(), .invalidData),
    ])
    func `What Nexus answers amiss names the node`(answer: StandInAnswer, code: CatalogueError.Code) async throws {
        try await PlatformServices.serving(.pipeline, faults: [Self.protoPath: answer]) { services in
            let error = await expectError(code) {
                try await services.catalogue(timeout: .seconds(15)).fetch(
                    .tested,
                    for: .operator
                )
            }
            #expect(error?.node == "two")
            #expect(error?.what.contains(#"node "two""#) == true)
        }
    }

    @Test func `Neither service can send the credentials to another host`() async throws {
        try await StandIn.serving { _ in
            StandInAnswer("{}")
        } _: { other in
            for path in [Self.solutionPath, Self.protoPath] {
                let faults = [path: StandInAnswer.redirect(to: other.url)]
                try await PlatformServices.serving(.pipeline, faults: faults) { services in
                    await expectError(.unavailable) { try await services.catalogue().fetch(.tested, for: .operator) }
                }
            }
            #expect(other.requests.isEmpty)
        }
    }

    @Test func `Nothing of what a server answers gets into an error`() async throws {
        for status in [200, 400, 401, 500] {
            let answer = StandInAnswer(status: status, "<marked-answer>")
            for path in [Self.solutionPath, Self.protoPath] {
                try await PlatformServices.serving(.pipeline, faults: [path: answer]) { services in
                    do {
                        _ = try await services.catalogue().fetch(.tested, for: .operator)
                        Issue.record("there was a solution")
                    } catch {
                        #expect(!"\(error)".contains("marked") && !"\(error)".contains("secret"))
                    }
                }
            }
        }
    }

    @Test func `Cancelling the task gives up the fetch`() async throws {
        let faults = [Self.protoPath: StandInAnswer.slow(.seconds(30))]
        try await PlatformServices.serving(.pipeline, faults: faults) { services in
            let task = Task { try await services.catalogue().fetch(.tested, for: .operator) }
            while services.nexus.requests.count < 3 { try await Task.sleep(for: .milliseconds(5)) }
            let time = await ContinuousClock().measure {
                task.cancel()
                await expectError(.cancelled) { try await task.value }
            }
            #expect(time < .seconds(5))
        }
    }

    @Test func `The check finds wrong credentials and services that are away`() async throws {
        try await PlatformServices.serving(.pipeline) { services in
            #expect(try await services.catalogue().check() == nil)
            let data = try await services.catalogue(cdsPassword: "wrong").check()
            #expect(
                data
                    == "The deployer can't use the Common Data Service: it refuses this deployer's credentials (status 401)"
            )
            let nexus = try await services.catalogue(nexusPassword: "wrong").check()
            #expect(nexus == "The deployer can't use Nexus: it refuses this deployer's credentials (status 401)")
        }
        let gone = try await PlatformServices.serving(.pipeline) { try $0.catalogue() }
        #expect(await gone.check() == "The Common Data Service can't be used: the connection was refused")
    }

    @Test(arguments: [
        ("", "http://n/", "u", "w"), ("ftp://c/", "http://n/", "u", "w"), ("http://c/", "http://u:w@n/", "u", "w"),
        ("http://c/", "http://n/?a=b", "u", "w"), ("http://c/", "http://n/", "", "w"),
        ("http://c/", "http://n/", "u", ""),
    ])
    func `A configuration that can't work is refused at once`(
        cds: String,
        nexus: String,
        user: String,
        password: String
    ) {
        let configuration = GrapheneCatalogueConfiguration(
            cdsURL: cds,
            cdsUser: user,
            cdsPassword: SecretBytes(password),
            nexusURL: nexus,
            nexusUser: user,
            nexusPassword: SecretBytes(password)
        )
        let error = #expect(throws: CatalogueError.self) { try GrapheneCatalogue(configuration) }
        #expect(error?.code == .misconfigured)
    }
}
