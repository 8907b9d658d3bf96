import Secrets
import Testing

@testable import DeployerHost

@Suite("What a running host takes over")
struct RestartKeyTests {
    private static let running: Configuration = {
        var configuration = Configuration()
        configuration.jwt.key = SecretBytes("one")
        configuration.catalogue.cds = .init(url: "https://cds", user: "u", password: SecretBytes("p"))
        return configuration
    }()

    private static func changes(_ change: (inout Configuration) -> Void) -> [String] {
        var wanted = running
        wanted.jwt.key = SecretBytes("one")
        wanted.catalogue.cds = .init(url: "https://cds", user: "u", password: SecretBytes("p"))
        change(&wanted)
        return RestartKey.changes(from: running, to: wanted)
    }

    @Test("is not what a restart is needed for, which is told by its key")
    func keys() {
        #expect(Self.changes { _ in }.isEmpty)
        #expect(Self.changes { $0.jwt.key = SecretBytes("two") } == ["jwt.key"])
        #expect(Self.changes { $0.jwt.key = nil } == ["jwt.key"])
        #expect(Self.changes { $0.catalogue.cds?.password = SecretBytes("q") } == ["catalogue.cds"])
        #expect(Self.changes { $0.listen.port = 1 } == ["listen.port"])
        #expect(
            Self.changes {
                $0.publicPrefix = "/x"
                $0.stateFolder = "/y"
                $0.log.format = .json
            } == ["publicPrefix", "log.format", "state"])
    }

    @Test("is everything else, while the rest stays as it was")
    func reachable() {
        var wanted = Self.running
        wanted.listen.port = 1
        wanted.jwt.key = SecretBytes("two")
        wanted.defaultTarget = "local-yaml"
        wanted.deployments.concurrent = 7
        wanted.log.level = .debug
        wanted.anonymousDownload = true
        wanted.targets = []
        let result = RestartKey.reachable(from: Self.running, to: wanted)
        #expect(result.listen.port == 8125)
        #expect(result.jwt.key?.isEqual(to: SecretBytes("one")) == true)
        #expect(result.defaultTarget == "local-yaml" && result.deployments.concurrent == 7)
        #expect(result.log.level == .debug && result.anonymousDownload && result.targets.isEmpty)
    }
}
