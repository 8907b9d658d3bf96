import TestSupport
import Testing

@testable import DeployerHost

@Suite("Rules of a target in the configuration")
struct RuleReadingTests {
    private static func load(_ rules: String) throws -> Configuration.Target? {
        let folder = try TemporaryFolder()
        let file = try folder.write("deployer.yaml", "targets:\n  - module: X\n    \(rules)\n")
        return try ConfigurationLoader.load(file: file, environment: [:]).targets.first
    }

    @Test("are read whole")
    func whole() throws {
        let target = try #require(
            try Self.load(
                """
                access: {roles: [Publisher], users: [alice, bob@example.org]}
                    limits: {concurrent: 2, namespaces: ["team-*"], registries: [docker.io, "a.org:5000/b"], nodes: 9}
                """))
        #expect(target.access == TargetAccess(roles: ["Publisher"], users: ["alice", "bob@example.org"]))
        #expect(target.limits.concurrent == 2 && target.limits.nodes == 9)
        #expect(target.limits.namespaces?.map(\.text) == ["team-*"])
        #expect(target.limits.registries?.map(\.description) == ["docker.io", "a.org:5000/b"])
    }

    @Test("may all be left out")
    func none() throws {
        let target = try #require(try Self.load("enabled: true"))
        #expect(target.access == nil && target.limits == TargetLimits())
    }

    @Test(
        "are refused with key and value",
        arguments: [
            ("access: {}", "targets[0].access names nobody"),
            ("access: {roles: []}", "targets[0].access.roles is an empty list"),
            ("access: {roles: [a, a]}", "targets[0].access.roles holds a twice"),
            ("access: {users: [\"\"]}", "targets[0].access.users holds \"\", which is no name"),
            ("access: {group: [a]}", "targets[0].access.group is an unknown key"),
            ("limits: {namespaces: []}", "targets[0].limits.namespaces is an empty list"),
            ("limits: {namespaces: [\"a?\"]}", "targets[0].limits.namespaces holds a?, which is no pattern"),
            ("limits: {registries: [dockerhub]}", "targets[0].limits.registries holds dockerhub, which is no registry"),
            ("limits: {registries: [a.org, a.org]}", "targets[0].limits.registries holds a.org twice"),
            ("limits: {concurrent: 0}", "targets[0].limits.concurrent must be a whole number from 1"),
            ("limits: {nodes: many}", "targets[0].limits.nodes must be a whole number from 1"),
        ])
    func refused(rules: String, start: String) throws {
        let error = try #require(throws: ConfigurationProblems.self) { try Self.load(rules) }
        #expect(error.problems.map { "\($0.key) \($0.text)" }.contains { $0.hasPrefix(start) }, "\(error)")
        #expect(error.problems.allSatisfy { $0.origin?.contains("deployer.yaml:") == true })
    }
}
