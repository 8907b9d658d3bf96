public import TargetContract

/// A target that is ready for use.
public struct LoadedTarget: Sendable {
    /// The name of the module in the configuration.
    public let module: String
    /// What the target says of itself.
    public let manifest: TargetManifest
    /// The target itself, wherever its code runs.
    let hosted: any HostedTarget
    /// The contract version that host and module agreed on.
    public let contract: UInt32
    /// The path of the shared library.
    public let file: String
    /// Where its code runs.
    public let isolation: Isolation
    /// What the administrator decided about it; nil for a target that no configuration names.
    var configured: Configuration.Target?
    /// Whether it takes no new work: it has been taken out of service since the host started.
    var isDraining = false

    /// Why nothing is done with it any more; nil while something is.
    public var quarantineReason: String? { hosted.quarantineReason }
    /// Who may use it; nil for everybody who is signed in.
    var access: TargetAccess? { configured?.access }
    /// How much of it may be used, and for what.
    var limits: TargetLimits { configured?.limits ?? TargetLimits() }
}

/// A module that the host goes on without.
public struct RejectedModule: Sendable, Hashable, Codable {
    /// The name of the module in the configuration.
    public let module: String
    /// The path of the shared library; nil where none was found.
    public let file: String?
    /// All that is wrong at the stage where loading ended; at least one.
    public let problems: [ModuleProblem]
    /// Whether the host is not ready without it.
    public let isRequired: Bool

    /// The stage where loading ended.
    public var stage: LoadStage { problems.first?.stage ?? .file }
    /// The problems in one line.
    public var sentence: String { problems.map(\.sentence).joined(separator: "; ") }
}

/// What became of the configured modules, in their order.
public struct LoadedModules: Sendable {
    /// Those that loaded, in their order.
    public internal(set) var targets: [LoadedTarget] = []
    /// Those that did not, with the reason.
    public internal(set) var rejected: [RejectedModule] = []

    /// No modules at all.
    public init() {}

    /// Modules that the administrator requires and that are not there.
    public var missing: [String] { rejected.filter(\.isRequired).map(\.module) }
}
