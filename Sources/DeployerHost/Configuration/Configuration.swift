internal import Documents
public import Secrets
public import TargetContract
public import Transport

/// What an administrator decides about a host. Made by `ConfigurationLoader`.
public struct Configuration: Sendable {
    public var listen = Listen()
    /// The path in front of every public URL, for instance `/creodias-deployer`; empty for none.
    public var publicPrefix = ""
    /// The folder for what must outlive the process.
    public var stateFolder: String?
    public var jwt = JWT()
    public var cookie = Cookie()
    public var catalogue = Catalogue()
    public var orchestratorImage = Self.defaultOrchestratorImage
    public var network = Network()
    /// Where modules are looked for, beside the folder of the executable.
    public var moduleFolders: [String] = []
    public var targets: [Target] = [Target(module: "LocalYAML")]
    public var defaultTarget = "local-yaml"
    /// Whether /getSolutionZip answers without a token, as the portal's old links need.
    public var anonymousDownload = false
    /// Where a key was set, for messages: file, line and column, or the environment variable.
    var origin: @Sendable (_ key: DocumentPath) -> String? = { _ in nil }

    /// The image in use on the platform.
    public static let defaultOrchestratorImage =
        "cicd.ai4eu-dev.eu:7444/generic-parallel-orchestrator/orchestrator_container:1.4"

    public struct Listen: Sendable {
        public var host = "127.0.0.1"
        /// 0 lets the system choose.
        public var port = 8125
        /// How long a connection may be open without a complete request; answers may take longer.
        public var idleTimeout = Duration.seconds(30)

        /// Whether only this machine can connect.
        public var isLoopback: Bool { host == "localhost" || IPAddress(host)?.addressClass == .loopback }
    }

    public struct JWT: Sendable {
        /// The portal's `jwt.auth.secret.key` as it is written there.
        public var key: SecretBytes?
    }

    public struct Cookie: Sendable {
        public var secure = true
    }

    public struct Catalogue: Sendable {
        /// A folder in the layout of `config/samples`; takes the place of CDS and Nexus.
        public var directory: String?
        public var cds: Service?
        public var nexus: Service?
        /// Whether CDS is asked if the user may read the solution.
        public var accessCheck = true
        public var connectTimeout = Duration.seconds(5)
        public var requestTimeout = Duration.seconds(30)
    }

    /// A server of the platform and the technical user for it.
    public struct Service: Sendable {
        public var url: String
        public var user: String
        public var password: SecretBytes
    }

    public struct Network: Sendable {
        /// Ranges that outbound calls to addresses from users may reach although they are private.
        public var allow: [AddressRange] = []
    }

    public struct Target: Sendable {
        /// `X` of `libX.so`.
        public var module: String
        public var isEnabled = true
        /// Whether the host is unready without it.
        public var isRequired = false
        /// The module file's SHA-256 in hex, where it is pinned.
        public var sha256: String?
        public var settings = TargetSettings()
    }
}
