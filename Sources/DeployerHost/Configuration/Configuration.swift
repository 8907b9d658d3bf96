internal import Documents
public import Logging
public import Secrets
public import TargetContract
public import Transport

/// What an administrator decides about a host. Made by `ConfigurationLoader`.
public struct Configuration: Sendable {
    /// Where the host listens.
    public var listen = Listen()
    /// The path in front of every public URL, for instance `/creodias-deployer`; empty for none.
    public var publicPrefix = ""
    /// The folder for what must outlive the process.
    public var stateFolder: String?
    /// How the portal's tokens are checked.
    public var jwt = JWT()
    /// How sessions are kept.
    public var cookie = Cookie()
    /// The proxies whose `X-Forwarded-…` headers count.
    public var trustedProxies: [AddressRange] = []
    /// Scheme, host and port of the public URL; nil where `Host` or a trusted proxy tells.
    public var publicOrigin: String?
    /// The portal's URL, for the way back; nil for none.
    public var portal: String?
    /// Whether the API's description and `/docs` are served, to everybody.
    public var documentation = true
    /// Whether `/metrics` is served, to everybody.
    public var metrics = true
    /// How the log is written.
    public var log = Log()
    /// Where solutions come from.
    public var catalogue = Catalogue()
    /// The image of the orchestrator that is added to pipelines.
    public var orchestratorImage = Self.defaultOrchestratorImage
    /// What may be reached over the network.
    public var network = Network()
    /// Where modules are looked for, beside the folder of the executable.
    public var moduleFolders: [String] = []
    /// The modules to load, in their order.
    public var targets: [Target] = [Target(module: "Creodias"), Target(module: "LocalYAML")]
    /// The id of the target behind /deploy/{solutionId}/{revisionId}.
    public var defaultTarget = "creodias"
    /// How much is done at once, and how long things may take and are kept.
    public var deployments = EngineLimits()
    /// Whether /getSolutionZip answers without a token, as the portal's old links need.
    public var anonymousDownload = false
    /// Whether a change of the configuration file is taken over by itself.
    public var watch = false
    /// The SHA-256 of the file that it was read from; nil where there is none.
    var fileDigest: String?
    /// Where a key was set, for messages: file, line and column, or the environment variable.
    var origin: @Sendable (_ key: DocumentPath) -> String? = { _ in nil }

    /// The image in use on the platform.
    public static let defaultOrchestratorImage =
        "cicd.ai4eu-dev.eu:7444/generic-parallel-orchestrator/orchestrator_container:1.4"

    /// Where the host listens.
    public struct Listen: Sendable {
        /// An address, or a name that has one.
        public var host = "127.0.0.1"
        /// 0 lets the system choose.
        public var port = 8125
        /// How long a connection may be open without a complete request; answers may take longer.
        public var idleTimeout = Duration.seconds(30)

        /// Whether only this machine can connect.
        public var isLoopback: Bool { host == "localhost" || IPAddress(host)?.addressClass == .loopback }
    }

    /// How the log is written.
    public struct Log: Sendable {
        /// Lines for people or for programs.
        public var format = LogFormat.text
        /// The least level that is written.
        public var level = Logger.Level.info
    }

    /// How the portal's tokens are checked.
    public struct JWT: Sendable {
        /// The portal's `jwt.auth.secret.key` as it is written there.
        public var key: SecretBytes?
    }

    /// How sessions are kept.
    public struct Cookie: Sendable {
        /// Whether the cookie is `Secure`; only a loopback listener may do without.
        public var secure = true
    }

    /// Where solutions come from.
    public struct Catalogue: Sendable {
        /// A folder in the layout of `config/samples`; takes the place of CDS and Nexus.
        public var directory: String?
        /// The platform's Common Data Service.
        public var cds: Service?
        /// The platform's Nexus.
        public var nexus: Service?
        /// Whether CDS is asked if the user may read the solution.
        public var accessCheck = true
        /// Whether CDS is told what becomes of deployments.
        public var report = false
        /// How long connecting to a service may take.
        public var connectTimeout = Duration.seconds(5)
        /// How long one call of a service may take.
        public var requestTimeout = Duration.seconds(30)
    }

    /// A server of the platform and the technical user for it.
    public struct Service: Sendable {
        /// The address, http or https.
        public var url: String
        /// The technical user.
        public var user: String
        /// The password of that user.
        public var password: SecretBytes
    }

    /// What may be reached over the network.
    public struct Network: Sendable {
        /// Ranges that outbound calls to addresses from users may reach although they are private.
        public var allow: [AddressRange] = []
    }

    /// One module and what it is given.
    public struct Target: Sendable {
        /// `X` of `libX.so`.
        public var module: String
        /// Whether the module is loaded.
        public var isEnabled = true
        /// Whether the host is unready without it.
        public var isRequired = false
        /// The module file's SHA-256 in hex, where it is pinned.
        public var sha256: String?
        /// Who may use the target; nil for everybody who is signed in.
        public var access: TargetAccess?
        /// How much of it may be used, and for what.
        public var limits = TargetLimits()
        /// Where its code runs; nil for what `ModuleReference.isolation` says.
        public var isolation: Isolation?
        /// How much memory of its own a process of the module may have, in bytes.
        public var memory = Isolation.defaultMemory
        /// What happens when the portal opens the target's address.
        public var entry = TargetEntry.page
        /// What the module is given; it says itself what it knows.
        public var settings = TargetSettings()
    }
}
