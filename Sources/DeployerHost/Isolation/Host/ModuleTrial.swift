internal import Secrets
public import TargetChecks
public import TargetContract

/// A module on trial, in a process of its own: whatever it does there, the report of it comes to its end.
///
/// ```swift
/// let trial = try await ModuleTrial(of: reference, at: file, allowedNetworks: [])
/// let report = try await trial.run(
///     options: [:], environment: .ready, nodeImage: image, orchestratorImage: orchestrator
/// ) { print($0) }
/// ```
public struct ModuleTrial: Sendable {
    /// What the module says of its target.
    public let manifest: TargetManifest
    private let order: ModuleOrder
    private let memory: Int
    private let worker: WorkerProcess

    /// How long all checks together may take. Each call that they make has a deadline of its own; this one is for
    /// modules that leave no thread to notice it.
    private static let deadline = Duration.seconds(3600)

    /// Checks a file as a host would, and has a process of its own load it.
    /// - Throws: `ModuleProblems` where a host would not load it; `CancellationError`.
    public init(of reference: ModuleReference, at file: String, allowedNetworks: [String]) async throws {
        let loader = ModuleLoader(searchPath: .ofThisProcess()) { _ in
            TargetServices(allowedNetworks: allowedNetworks) { _, _ in }
        }
        do {
            order = try loader.order(reference, at: file).order
        } catch {
            throw ModuleProblems(problems: error.problems)
        }
        memory = reference.memory
        let program = WorkerProgram(memory: memory)
        worker = WorkerProcess(program)
        var outgoing = OutgoingBytes()
        outgoing.append(try Frame(.open, encoding: order))
        do {
            let frame = try await worker.exchange(
                outgoing, deadline: WorkerPool.loadingDeadline, grace: { .zero }, receive: { _ in })
            guard frame.kind == .loaded else {
                throw ModuleProblems(problems: try frame.decoded(as: [ModuleProblem].self))
            }
            manifest = try frame.decoded(as: WorkerGreeting.self).manifest
        } catch let trouble as WorkerTrouble {
            try Task.checkCancellation()
            let report = WorkerReport(trouble, module: file, memory: memory, scrubber: SecretScrubber([]))
            throw ModuleProblems(problems: [.worker(ModuleFile.name(of: file), report.cause)])
        } catch let error as FrameError {
            throw ModuleProblems(problems: [.worker(ModuleFile.name(of: file), "it sent \(error.finding)")])
        }
    }

    /// Tries the target out.
    /// - Parameters:
    ///   - options: as a user would give them; see `ConformanceInput`.
    ///   - progress: is told of every check when it is done, from any thread.
    /// - Returns: the report; where the process ended, with a check that says so as its last.
    /// - Throws: `CancellationError`.
    public func run(
        options: [String: String],
        environment: ConformanceInput.Environment,
        nodeImage: String,
        orchestratorImage: String,
        progress: @escaping @Sendable (ConformanceReport.Check) -> Void
    ) async throws -> ConformanceReport {
        let order = TrialOrder(
            environment: environment, nodeImage: nodeImage, orchestratorImage: orchestratorImage)
        var outgoing = OutgoingBytes()
        let secrets = options.mapValues { SecretBytes($0) }
        for (name, value) in secrets { outgoing.append(value, named: name) }
        outgoing.append(try Frame(.trial, encoding: order))
        let course = TrialCourse(of: manifest, progress)
        do {
            let frame = try await worker.exchange(
                outgoing, deadline: Self.deadline, grace: { .seconds(2) }, receive: course.take)
            return try frame.decoded(as: ConformanceReport.self)
        } catch let trouble as WorkerTrouble {
            try Task.checkCancellation()
            let scrubber = SecretScrubber(Array(secrets.values))
            return course.brokenDown(
                WorkerReport(trouble, module: self.order.file, memory: memory, scrubber: scrubber))
        } catch let error as FrameError {
            return course.brokenDown("it sent \(error.finding)")
        }
    }
}
