internal import Blueprints
internal import Passes
internal import Secrets
internal import TargetContract

/// A target whose code runs in processes of its own: calls become messages, and what goes wrong in it costs one call.
struct IsolatedTarget: HostedTarget {
    let abilities: Set<TargetAbility>
    private let options: [TargetOption]
    private let workers: WorkerPool

    init(_ greeting: WorkerGreeting, workers: WorkerPool) {
        abilities = greeting.abilities
        options = greeting.manifest.options
        self.workers = workers
    }

    var quarantineReason: String? { workers.quarantineReason }
    var fileDigest: String? { workers.order.sha256 }

    func plan(_ source: SolutionSource, orchestratorImage: String) async throws -> SolutionPlan {
        var request = WorkerPool.Request(call: WorkerCall(operation: .plan))
        request.call.source = SourceMessage(source)
        request.call.orchestratorImage = orchestratorImage
        if case .pipeline(let blueprint, _) = source.content { request.attachment = blueprint }
        return try await value(of: request)
    }

    func deploy(_ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter) async throws
        -> DeploymentOutcome
    {
        try await outcome(of: .deploy, plan, options, report)
    }

    func rerun(_ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter) async throws
        -> DeploymentOutcome
    {
        try await outcome(of: .rerun, plan, options, report)
    }

    func undeploy(_ solution: SolutionReference, options: OptionValues, report: @escaping EventReporter) async throws {
        var request = request(.undeploy, options)
        request.call.solution = solution
        _ = try await workers.answer(to: request) { frame throws(FrameError) in try Self.pass(frame, to: report) }
    }

    func preview(_ plan: SolutionPlan, options: OptionValues) async throws -> DeploymentPreview {
        var request = request(.preview, options)
        request.call.plan = plan
        return try await value(of: request)
    }

    func render(_ plan: SolutionPlan, options: OptionValues) async throws -> [RenderedFile] {
        var request = request(.render, options)
        request.call.plan = plan
        let answer = try await workers.answer(to: request)
        let paths = try workers.decoded(answer, as: [String].self, of: request)
        return zip(paths, answer.attachments).map { RenderedFile(path: $0, bytes: $1) }
    }

    func status(of solution: SolutionReference, options: OptionValues) async throws -> DeploymentStatus {
        var request = request(.status, options)
        request.call.solution = solution
        return try await value(of: request)
    }

    func logs(
        of solution: SolutionReference, node: String?, follow: Bool, options: OptionValues,
        line: @escaping @Sendable (LogLine) -> Void
    ) async throws {
        var request = request(.logs, options)
        request.call.solution = solution
        request.call.node = node
        request.call.follow = follow
        _ = try await workers.answer(to: request) { frame throws(FrameError) in
            if frame.kind == .line { line(try frame.decoded(as: LogLine.self)) }
        }
    }

    func choices(for option: String, given: OptionValues) async throws -> [OptionChoice] {
        var request = request(.choices, given)
        request.call.option = option
        return try await value(of: request)
    }

    func suggestions(for plan: SolutionPlan) async throws -> [String: String] {
        var request = WorkerPool.Request(call: WorkerCall(operation: .suggestions))
        request.call.plan = plan
        return try await value(of: request)
    }

    func place(for options: OptionValues) async throws -> DeploymentPlace? {
        let places: [DeploymentPlace] = try await value(of: request(.place, options))
        return places.first
    }

    func canResume(with options: OptionValues) async throws -> Bool {
        try await value(of: request(.canResume, options))
    }

    // MARK: Messages

    private func request(_ operation: WorkerCall.Operation, _ values: OptionValues) -> WorkerPool.Request {
        var request = WorkerPool.Request(call: WorkerCall(operation: operation))
        for option in options {
            request.call.options[option.name] = values.text(option.name)
            request.secrets[option.name] = values.secret(option.name)
        }
        return request
    }

    private func value<Value: Decodable>(of request: WorkerPool.Request) async throws -> Value {
        try workers.decoded(await workers.answer(to: request), as: Value.self, of: request)
    }

    private func outcome(
        of operation: WorkerCall.Operation,
        _ plan: SolutionPlan,
        _ options: OptionValues,
        _ report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        var request = request(operation, options)
        request.call.plan = plan
        let answer = try await workers.answer(to: request) { frame throws(FrameError) in
            try Self.pass(frame, to: report)
        }
        let message = try workers.decoded(answer, as: OutcomeMessage.self, of: request)
        return message.outcome(artifact: answer.attachments.last)
    }

    private static func pass(_ frame: Frame, to report: EventReporter) throws(FrameError) {
        if frame.kind == .event { report(try frame.decoded(as: DeploymentEvent.self)) }
    }
}
