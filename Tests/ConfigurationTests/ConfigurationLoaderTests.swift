import Documents
import Foundation
import Secrets
import TestSupport
import Testing

@testable import DeployerHost

@Suite("The configuration")
struct ConfigurationLoaderTests {
    private static func load(_ text: String, environment: [String: String] = [:]) throws -> Configuration {
        let folder = try TemporaryFolder()
        let file = try folder.write("deployer.yaml", text)
        return try ConfigurationLoader.load(file: file, environment: environment)
    }

    private static func problems(_ text: String, environment: [String: String] = [:]) throws -> [String] {
        let error = try #require(throws: ConfigurationProblems.self) { try load(text, environment: environment) }
        return error.problems.map { problem in
            let place = problem.origin.map { $0.split(separator: "/").last.map(String.init) ?? $0 } ?? "-"
            return "\(place) \(problem.key) \(problem.text)"
        }
    }

    @Test("has safe defaults without a file")
    func defaults() throws {
        let configuration = try ConfigurationLoader.load(file: nil, environment: [:])
        #expect(configuration.listen.host == "127.0.0.1")
        #expect(configuration.cookie.secure)
        #expect(configuration.catalogue.accessCheck)
        #expect(!configuration.catalogue.report)
        #expect(!configuration.anonymousDownload)
        #expect(configuration.jwt.key == nil)
        #expect(configuration.targets.map(\.module) == ["Creodias", "LocalYAML"])
    }

    @Test("that is shipped says what the defaults are")
    func shipped() throws {
        let shipped = try ConfigurationLoader.load(
            file: Repository.root.path + "/config/deployer.yaml", environment: [:])
        let defaults = Configuration()
        #expect(shipped.listen.port == defaults.listen.port)
        #expect(shipped.listen.idleTimeout == defaults.listen.idleTimeout)
        #expect(shipped.orchestratorImage == defaults.orchestratorImage)
        #expect(shipped.catalogue.connectTimeout == defaults.catalogue.connectTimeout)
        #expect(shipped.catalogue.requestTimeout == defaults.catalogue.requestTimeout)
        #expect(shipped.catalogue.report == defaults.catalogue.report)
        #expect(shipped.catalogue.directory == Repository.samples.path)
        #expect(shipped.defaultTarget == defaults.defaultTarget)
        #expect(shipped.targets.filter(\.isEnabled).map(\.module) == defaults.targets.map(\.module))
    }

    @Test("is read whole")
    func full() throws {
        let configuration = try Self.load(
            """
            listen: {host: 0.0.0.0, port: 9000}
            publicPrefix: /creodias-deployer/
            jwt: {key: 123e4567-e89b-12d3-a456-426614174000}
            catalogue:
              cds: {url: "http://cds:8000/ccds", user: u, password: p}
              nexus: {url: "http://nexus", user: u, password: p}
              accessCheck: false
              report: true
              requestTimeout: 7
            network: {allow: [10.0.0.0/8, "fd00::/8"]}
            modules: {folders: [plugins, /opt/plugins]}
            targets:
            - {module: LocalYAML, required: true, settings: {a: 1}}
            - {module: Other, enabled: false}
            defaultTarget: other
            """
        )
        #expect(configuration.publicPrefix == "/creodias-deployer")
        #expect(configuration.catalogue.cds?.user == "u")
        #expect(!configuration.catalogue.accessCheck)
        #expect(configuration.catalogue.report)
        #expect(configuration.catalogue.requestTimeout == .seconds(7))
        #expect(configuration.network.allow.count == 2)
        #expect(configuration.moduleFolders[0].hasSuffix("/plugins"))
        #expect(configuration.moduleFolders[1] == "/opt/plugins")
        #expect(configuration.targets.map(\.isEnabled) == [true, false])
        #expect(configuration.targets[0].isRequired)
        #expect(configuration.targets[0].settings.values["a"]?.integer == 1)
    }

    @Test(
        "names file, line, column and key of everything that is wrong",
        arguments: [
            ("listen: {prot: 1}", "deployer.yaml:1:10 listen.prot is an unknown key; known here: host, port"),
            ("a: 1\n", "deployer.yaml:1:1 a is an unknown key"),
            ("state: x\n\n\"x.y\": 2\n", "deployer.yaml:3:1 x.y is an unknown key"),
            ("state: x\nlisten:\n  \"a[0]\": 2\n", "deployer.yaml:3:3 listen.a[0] is an unknown key"),
            ("listen: {idleTimeout: 0}", "listen.idleTimeout must be a whole number from 1 to 3600"),
            ("listen:\n  port: 70000\n", "deployer.yaml:2:3 listen.port must be a whole number from 0 to 65535"),
            ("listen: 5", "deployer.yaml:1:1 listen must be an object, not a number"),
            ("targets:\n- enabled: true\n", "deployer.yaml:2:3 targets[0].module is missing"),
            ("targets:\n- module: A\n- module: A\n", "targets names the module A twice"),
            ("targets: [{module: A, sha256: 12}]", "targets[0].sha256 must be 64 hexadecimal digits"),
            ("targets: [{module: A, isolation: thread}]", "targets[0].isolation must be host or process"),
            ("targets: [{module: A, isolation: 1}]", "targets[0].isolation must be"),
            ("targets: [{module: A, memory: 63}]", "targets[0].memory must be a whole number from 64 to 1048576"),
            ("targets: [{module: A, memory: 1048577}]", "targets[0].memory must be a whole number from 64"),
            ("targets: [{module: A, memory: 512MiB}]", "targets[0].memory must be a whole number from 64"),
            ("watch: sometimes", "deployer.yaml:1:1 watch must be true or false, not a string"),
            ("watch: 1", "watch must be true or false, not a number"),
            ("cookie: {secure: maybe}", "cookie.secure must be true or false, not a string"),
            ("jwt: {key: abc}", "deployer.yaml:1:7 jwt.key is missing or too short"),
            ("catalogue: {cds: {url: 'ftp://x', user: u, password: p}}", "catalogue.cds.url must begin with http"),
            ("catalogue: {cds: {url: 'http://x', user: u, password: p}}", "catalogue.nexus is missing"),
            (
                "catalogue: {cds: {url: 'http://x', user: u, password: ''}, nexus: {url: 'http://x', user: u, password: p}}",
                "catalogue.cds.password is missing or empty"
            ),
            ("catalogue: {report: true}", "deployer.yaml:1:13 catalogue.report is true, and there is no cds"),
            ("catalogue: {directory: a, report: true}", "catalogue.report is true, and there is no cds to report to"),
            ("catalogue: {report: 5}", "catalogue.report must be true or false, not a number"),
            ("network: {allow: [10.0.0.0/33]}", "network.allow holds 10.0.0.0/33"),
            ("publicPrefix: deployer", "publicPrefix must be a path"),
            ("publicPrefix: /a//b", "publicPrefix must be a path"),
            ("publicPrefix: /a//", "publicPrefix must be a path"),
            ("orchestrator: {image: ''}", "orchestrator.image is empty"),
            ("a: [", "deployer.yaml:"),
            ("- a", "must be an object"),
            ("jwt: {keyFile: nowhere}", "jwt.keyFile names nowhere, which cannot be read"),
        ])
    func wrong(text: String, problem: String) throws {
        let problems = try Self.problems(text)
        #expect(problems.contains { $0.contains(problem) }, "\(problems)")
    }

    @Test("reports all problems at once")
    func several() throws {
        #expect(try Self.problems("listen: {port: x, y: 1}\nz: 1\n").count == 3)
    }

    @Test("is overridden by the environment, whose variables are named in problems")
    func environment() throws {
        let configuration = try Self.load(
            "listen: {port: 1}\njwt: {keyFile: /nowhere}\n",
            environment: [
                "GRAPHENE_DEPLOYER_LISTEN_PORT": "9001", "GRAPHENE_DEPLOYER_JWT_KEY": PortalToken.key,
                "GRAPHENE_DEPLOYER_NETWORK_ALLOW": "10.0.0.0/8, 192.168.0.0/16",
                "GRAPHENE_DEPLOYER_COOKIE_SECURE": "false",
                "GRAPHENE_DEPLOYER_SERVICE_HOST": "10.0.0.1", "GRAPHENE_DEPLOYER_PORT": "tcp://10.0.0.1:80",
            ]
        )
        #expect(configuration.listen.port == 9001)
        #expect(configuration.jwt.key?.isEqual(to: SecretBytes(PortalToken.key)) == true)
        #expect(configuration.network.allow.count == 2)
        #expect(!configuration.cookie.secure)
        let problems = try Self.problems("", environment: ["GRAPHENE_DEPLOYER_LISTEN_PORT": "x"])
        #expect(problems == ["GRAPHENE_DEPLOYER_LISTEN_PORT listen.port must be a whole number from 0 to 65535"])
    }

    @Test("has an environment variable for every key of the shipped file but the list of targets")
    func everyKey() throws {
        let text = try String(contentsOf: Repository.root.appending(path: "config/deployer.yaml"), encoding: .utf8)
        let keys = Self.leaves(of: try YAMLText(yaml: text).value)
        #expect(keys.count > 8)
        for key in keys where key != "targets" { #expect(EnvironmentOverrides.keys.contains(key), "\(key)") }
        let configuration = try Self.load(
            "",
            environment: [
                "GRAPHENE_DEPLOYER_CATALOGUE_CONNECT_TIMEOUT": "2",
                "GRAPHENE_DEPLOYER_CATALOGUE_REQUEST_TIMEOUT": "9",
                "GRAPHENE_DEPLOYER_LISTEN_IDLE_TIMEOUT": "7",
            ]
        )
        #expect(configuration.catalogue.connectTimeout == .seconds(2))
        #expect(configuration.catalogue.requestTimeout == .seconds(9))
        #expect(configuration.listen.idleTimeout == .seconds(7))
    }

    /// The keys of everything that is no object.
    private static func leaves(of document: Document, at path: DocumentPath = DocumentPath()) -> [String] {
        guard let object = document.object else { return ["\(path)"] }
        return object.members.flatMap { leaves(of: $0.value, at: path.appending($0.key)) }
    }

    @Test(
        "gives a key that is missing the place of its section, and no line where that is missing too",
        arguments: [
            ("listen: {port: 1}\n", "deployer.yaml"), ("listen: {port: 1}\njwt: {}\n", "deployer.yaml:2:1"),
            ("jwt:\n", "deployer.yaml:1:1"),
        ])
    func missingKey(text: String, place: String) throws {
        let configuration = try Self.load(text)
        let error = #expect(throws: ConfigurationProblems.self) { try DeployerServer.checkIdentity(of: configuration) }
        let origin = try #require(error?.located(in: configuration).problems.first?.origin)
        #expect(origin.split(separator: "/").last.map(String.init) == place)
    }

    @Test("reports a section of the wrong kind also where the environment sets a key in it")
    func wrongSection() throws {
        let problems = try Self.problems("jwt: [1]\n", environment: ["GRAPHENE_DEPLOYER_JWT_KEY": PortalToken.key])
        #expect(problems == ["deployer.yaml:1:1 jwt must be an object, not a list"])
    }

    @Test(
        "knows loopback addresses from names that look like them",
        arguments: [
            ("127.0.0.1", true), ("127.1.2.3", true), ("::1", true), ("localhost", true), ("127.example.org", false),
            ("0.0.0.0", false), ("10.0.0.1", false),
        ])
    func loopback(host: String, isLoopback: Bool) {
        var listen = Configuration.Listen()
        listen.host = host
        #expect(listen.isLoopback == isLoopback)
    }

    @Test("reads secrets from files, relative to its own folder and without the newline at their end")
    func secretFile() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("key", PortalToken.key + "\n")
        let file = try folder.write("deployer.yaml", "jwt: {keyFile: key}")
        let key = try ConfigurationLoader.load(file: file, environment: [:]).jwt.key
        #expect(key?.isEqual(to: SecretBytes(PortalToken.key)) == true)
    }

    @Test("never repeats a secret in a problem")
    func noSecret() throws {
        for problem in try Self.problems("jwt: {key: ümlautS3cret}\nx: 1\n") { #expect(!problem.contains("S3cret")) }
    }
}
