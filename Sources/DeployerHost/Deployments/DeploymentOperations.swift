public import Blueprints
public import TargetContract

/// What can be done with deployments that are there. A solution is named by its ids alone, so the catalogue may be out
/// of reach.
public struct DeploymentOperations: Sendable {
    private let targets: TargetRegistry

    init(_ targets: TargetRegistry) { self.targets = targets }

    /// Loads the enabled targets; a target that cannot be loaded is no error until it is asked for.
    /// - Parameter log: takes the modules' log lines.
    public init(
        configuration: Configuration,
        log: @escaping @Sendable (TargetServices.LogLevel, String) -> Void
    ) {
        self.init(TargetRegistry(configuration: configuration, log: log))
    }

    /// What a target says of itself.
    /// - Throws: `TargetError` where there is no such target.
    public func manifest(of targetID: String) throws -> TargetManifest { try targets.required(targetID).manifest }

    /// Values that an option of a target can have at the moment.
    /// - Parameter options: what is known of the others; nothing need be there.
    /// - Throws: `OptionProblems`; `TargetError`, also where the target cannot tell.
    public func choices(
        for option: String,
        targetID: String,
        options: [String: String]
    ) async throws -> [OptionChoice] {
        let target = try targets.required(targetID)
        try target.require(.choosing)
        guard let known = target.manifest.options.first(where: { $0.name == option }) else {
            let names = target.manifest.options.filter(\.hasChoices).map(\.name).joined(separator: ", ")
            throw OptionProblems(problems: [.init(option: option, text: "unknown; there are choices for \(names)")])
        }
        guard known.hasChoices else {
            throw OptionProblems(problems: [.init(option: option, text: "the target lists no values for it")])
        }
        var given = options
        // What it is to be is not known yet; a word that was begun must not be in the way.
        given[option] = nil
        if let condition = known.appliesWhen, given[condition.option] == nil {
            given[condition.option] = condition.values.first
        }
        return try await target.hosted.choices(
            for: option,
            given: OptionValues(partial: given, for: target.manifest.options)
        )
    }

    /// How a deployment is.
    /// - Throws: `OptionProblems`; `TargetError`, also where the target cannot tell.
    public func status(
        of solution: SolutionReference,
        targetID: String,
        options: [String: String]
    ) async throws -> DeploymentStatus {
        let target = try targets.required(targetID)
        try target.require(.status)
        let values = try OptionValues(options, for: target.manifest.options)
        return try await target.hosted.status(of: solution, options: values)
    }

    /// Reads what the containers of a deployment print.
    /// - Parameters:
    ///   - node: a node's name in the plan; nil for all.
    ///   - follow: goes on until the task is cancelled or the containers are gone.
    ///   - line: takes each line as it comes; called from any thread.
    /// - Throws: `OptionProblems`, `TargetError`, or `CancellationError`.
    public func logs(
        of solution: SolutionReference,
        node: String?,
        follow: Bool,
        targetID: String,
        options: [String: String],
        line: @escaping @Sendable (LogLine) -> Void
    ) async throws {
        let target = try targets.required(targetID)
        try target.require(.logs)
        let values = try OptionValues(options, for: target.manifest.options)
        try await target.hosted.logs(of: solution, node: node, follow: follow, options: values, line: line)
    }

    /// Takes a deployment away, and returns when it is gone.
    /// - Parameter report: takes the target's events; called from any thread.
    /// - Throws: `OptionProblems`, `TargetError`, or `CancellationError`.
    public func undeploy(
        _ solution: SolutionReference,
        targetID: String,
        options: [String: String],
        report: @escaping EventReporter
    ) async throws {
        let target = try targets.required(targetID)
        try target.require(.undeploying)
        let values = try OptionValues(options, for: target.manifest.options)
        try await target.hosted.undeploy(solution, options: values, report: report)
    }
}
