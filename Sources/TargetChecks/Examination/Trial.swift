internal import Passes
internal import TargetContract

/// One call of the target, and what became of it.
struct Trial: Sendable {
    /// How the call came to its end.
    enum Ending: Sendable {
        case returned(Product)
        case threw(any Error)
        /// It is still at work.
        case unfinished
    }

    /// For people: `deploy(conformance-loop)`.
    let call: String
    /// The plan it was about, if it was about one.
    let plan: SolutionPlan?
    /// Its events, also those that are still to come.
    let recorder: EventRecorder
    /// How it came to its end.
    let ending: Ending
    /// From the start, or from the cancellation if there was one.
    let duration: Duration
    /// Whether the task was cancelled before the call came to its end.
    let isCancelled: Bool

    var outcome: DeploymentOutcome? {
        if case .returned(.outcome(let outcome)) = ending { outcome } else { nil }
    }
    var preview: DeploymentPreview? {
        if case .returned(.preview(let preview)) = ending { preview } else { nil }
    }
    var files: [RenderedFile]? {
        if case .returned(.files(let files)) = ending { files } else { nil }
    }
    var status: DeploymentStatus? {
        if case .returned(.status(let status)) = ending { status } else { nil }
    }
    var lines: [LogLine]? {
        if case .returned(.lines(let lines)) = ending { lines } else { nil }
    }
    var answer: Bool? {
        if case .returned(.answer(let answer)) = ending { answer } else { nil }
    }
    var error: (any Error)? {
        if case .threw(let error) = ending { error } else { nil }
    }
    /// Whether it was refused as something that the environment cannot do.
    var isUnsupported: Bool { (error as? TargetError)?.code == .unsupported }
    var isReturned: Bool {
        if case .returned = ending { true } else { false }
    }
    var isUnfinished: Bool {
        if case .unfinished = ending { true } else { false }
    }

    /// Makes a call.
    init(
        _ call: String,
        _ plan: SolutionPlan? = nil,
        limits: (call: Duration, cancellation: Duration),
        cancelling moment: TimedCall.Moment = .never,
        _ work: @escaping @Sendable (@escaping EventReporter) async throws -> Product
    ) async {
        let timed = TimedCall(limits: limits)
        let end = await timed.run(cancelling: moment, work)
        self.call = plan.map { "\(call)(\($0.name))" } ?? call
        self.plan = plan
        recorder = timed.recorder
        ending = end.ending
        duration = end.duration
        isCancelled = end.isCancelled
    }

    /// How it ended, as a phrase that follows the call.
    var words: String {
        switch ending {
        case .returned: "returned"
        case .threw(is CancellationError): "threw CancellationError"
        case .threw(let error as TargetError): "threw TargetError (\(error.code.rawValue): \(error))"
        case .threw(let error): "threw \(type(of: error)) (\(error))"
        case .unfinished: "was still at work after \(duration.words)"
        }
    }
}

extension DeploymentEvent {
    /// The place of the phase among the phases of a deployment; nil for other events and other phases.
    var phaseNumber: Int? {
        let phases: [DeploymentPhase] = [.planning, .applying, .waiting, .starting, .removing]
        return kind == .phase ? phases.firstIndex { $0.rawValue == state } : nil
    }
}

extension Duration {
    /// In seconds, for people.
    var words: String {
        let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        guard milliseconds % 1000 != 0 else { return "\(milliseconds / 1000) s" }
        let fraction = String(milliseconds % 1000 + 1000).dropFirst().prefix(2)
        return "\(milliseconds / 1000).\(fraction) s"
    }
}
