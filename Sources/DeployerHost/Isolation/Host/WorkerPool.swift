internal import Secrets
internal import Synchronization
internal import TargetContract

/// The workers of one module. Each does one thing at a time; who has only looked or computed is used again, so that a
/// deployment needs one process, and not one for each question before it. One that was given secrets is used only for
/// who has the very same.
final class WorkerPool: Sendable {
    /// A call with everything that goes with it.
    struct Request: Sendable {
        var call: WorkerCall
        var secrets: [String: SecretBytes] = [:]
        var attachment: [UInt8]?
    }

    /// The last message of an answer, and the bytes that came before it.
    struct Answer: Sendable {
        let frame: Frame
        let attachments: [[UInt8]]
    }

    let order: ModuleOrder
    let program: WorkerProgram
    private let grace: @Sendable () -> Duration
    private let log: @Sendable (TargetServices.LogLevel, String) -> Void
    private let quarantine = Quarantine()
    private let idle = Mutex<[Idle]>([])
    private let questions = WorkerSlots(4)
    private let readings = WorkerSlots(8)

    /// How long loading may take.
    static let loadingDeadline = Duration.seconds(20)
    /// How long a call waits for others to end, where there are as many as may be at once.
    private static let patience = Duration.seconds(30)
    /// How many workers wait for work, and how long.
    private static let idleLimit = 2
    private static let idleTime = Duration.seconds(30)
    private static let idleTimeWithSecrets = Duration.seconds(5)

    /// A worker that waits, and the secrets that it knows.
    private struct Idle {
        let worker: WorkerProcess
        let secrets: [String: SecretBytes]

        func knows(_ others: [String: SecretBytes]) -> Bool {
            secrets.count == others.count
                && secrets.allSatisfy { name, secret in others[name].map(secret.isEqual(to:)) ?? false }
        }
    }

    /// - Parameter grace: how long a module may take to give up what it is doing.
    init(
        _ order: ModuleOrder,
        program: WorkerProgram,
        grace: @escaping @Sendable () -> Duration,
        log: @escaping @Sendable (TargetServices.LogLevel, String) -> Void
    ) {
        self.order = order
        self.program = program
        self.grace = grace
        self.log = log
    }

    /// Why the module is no longer used; nil while it is.
    var quarantineReason: String? { quarantine.reason }

    /// Loads the module for the first time, and keeps the worker for the first call. Blocks.
    /// - Throws: `ModuleRejection`.
    func load() throws(ModuleRejection) -> WorkerGreeting {
        let worker = WorkerProcess(program)
        let file = ModuleFile.name(of: order.file)
        do {
            let frame = try worker.exchangeBlocking(try loading(), deadline: Self.loadingDeadline, receive: receive)
            guard frame.kind == .loaded else {
                throw ModuleRejection(try frame.decoded(as: [ModuleProblem].self))
            }
            let greeting = try frame.decoded(as: WorkerGreeting.self)
            keep(worker, knowing: [:])
            return greeting
        } catch let rejection as ModuleRejection {
            throw rejection
        } catch let trouble as WorkerTrouble {
            let report = WorkerReport(
                trouble, module: order.file, memory: program.memory, scrubber: SecretScrubber([]))
            throw ModuleRejection(.worker(file, report.cause))
        } catch {
            throw ModuleRejection(.worker(file, "it sent what cannot be read (\(error))"))
        }
    }

    /// Has something done, and waits for it. The engine bounds the work on deployments; of everything else only so much is
    /// done at once, and the rest waits for a while.
    /// - Parameter receive: takes events and lines on the way; what it throws ends the process.
    /// - Throws: what the target has thrown; `TargetError` where its process ended, or others were in the way for too
    ///   long; `CancellationError`.
    func answer(
        to request: Request, receive: @escaping WorkerProcess.Receiver = { _ in }
    ) async throws -> Answer {
        if quarantine.reason != nil { throw TargetError.quarantined(module: order.module) }
        guard let slots = slots(for: request.call.operation) else { return try await answered(request, receive) }
        guard await slots.take(within: Self.patience) else {
            try Task.checkCancellation()
            throw TargetError.busy(module: order.module, Self.patience)
        }
        defer { slots.give() }
        // It may have broken down once too often meanwhile.
        if quarantine.reason != nil { throw TargetError.quarantined(module: order.module) }
        return try await answered(request, receive)
    }

    private func slots(for operation: WorkerCall.Operation) -> WorkerSlots? {
        if DeploymentWork.isUnderWay { return nil }
        return operation == .logs ? readings : questions
    }

    private func answered(_ request: Request, _ receive: @escaping WorkerProcess.Receiver) async throws -> Answer {
        let operation = request.call.operation
        let worker: WorkerProcess
        do {
            worker = try await self.worker(for: request.secrets)
        } catch let trouble as WorkerTrouble {
            // Nothing was begun that could be given up.
            if case .stubborn = trouble { throw CancellationError() }
            throw error(for: trouble, "while it was loaded", request)
        } catch let error as FrameError {
            throw self.error(for: .garbled(error.finding), "while it was loaded", request)
        }
        do {
            let answer = try await answer(of: worker, to: request, receive)
            if !operation.isBrief { quarantine.noteSuccess() }
            if operation.isBrief, !Task.isCancelled { keep(worker, knowing: request.secrets) }
            guard answer.frame.kind != .failure else { throw try answer.frame.decoded(as: WorkerFailure.self).error }
            return answer
        } catch let trouble as WorkerTrouble {
            throw error(for: trouble, operation.happening, request)
        } catch let error as FrameError {
            throw self.error(for: .garbled(error.finding), operation.happening, request)
        }
    }

    /// What an answer says.
    /// - Throws: `TargetError` where it says something else: only a module that plays the worker could send that.
    func decoded<Value: Decodable>(_ answer: Answer, as type: Value.Type, of request: Request) throws -> Value {
        do {
            return try answer.frame.decoded(as: type)
        } catch {
            throw self.error(for: .garbled(error.finding), request.call.operation.happening, request)
        }
    }

    private func answer(
        of worker: WorkerProcess,
        to request: Request,
        _ receive: @escaping WorkerProcess.Receiver
    ) async throws -> Answer {
        var outgoing = OutgoingBytes()
        if let attachment = request.attachment { outgoing.append(Frame(.attachment, attachment)) }
        for (name, secret) in request.secrets { outgoing.append(secret, named: name) }
        outgoing.append(try Frame(.call, encoding: request.call))
        let attachments = Attachments()
        let frame = try await worker.exchange(
            outgoing, deadline: request.call.deadline, grace: grace
        ) { [self] frame throws(FrameError) in
            switch frame.kind {
            case .attachment: attachments.add(frame.content)
            case .log: try self.receive(frame)
            default: try receive(frame)
            }
        }
        return Answer(frame: frame, attachments: attachments.all)
    }

    /// A worker that has loaded the module, and knows no other secrets.
    private func worker(for secrets: [String: SecretBytes]) async throws -> WorkerProcess {
        while let worker = waiting(for: secrets) {
            if worker.isThere { return worker }
        }
        let worker = WorkerProcess(program)
        let frame = try await worker.exchange(
            try loading(), deadline: Self.loadingDeadline, grace: { .zero }, receive: receive)
        guard frame.kind == .loaded else {
            let problems = try frame.decoded(as: [ModuleProblem].self)
            throw TargetError.notLoaded(module: order.module, problems.map(\.sentence).joined(separator: "; "))
        }
        return worker
    }

    private func waiting(for secrets: [String: SecretBytes]) -> WorkerProcess? {
        idle.withLock { idle in
            let index = idle.lastIndex { $0.knows(secrets) } ?? idle.lastIndex(where: \.secrets.isEmpty)
            return index.map { idle.remove(at: $0).worker }
        }
    }

    private func loading() throws -> OutgoingBytes {
        var outgoing = OutgoingBytes()
        outgoing.append(try Frame(.load, encoding: order))
        return outgoing
    }

    private func keep(_ worker: WorkerProcess, knowing secrets: [String: SecretBytes]) {
        let isKept = idle.withLock { idle in
            guard idle.count < Self.idleLimit else { return false }
            idle.append(Idle(worker: worker, secrets: secrets))
            return true
        }
        guard isKept else { return }
        let time = secrets.isEmpty ? Self.idleTime : Self.idleTimeWithSecrets
        Task { [weak self, weak worker] in
            try await Task.sleep(for: time)
            guard let worker else { return }
            self?.idle.withLock { idle in idle.removeAll { $0.worker === worker } }
        }
    }

    @Sendable private func receive(_ frame: Frame) throws(FrameError) {
        guard frame.kind == .log else { return }
        let line = try frame.decoded(as: WorkerLogLine.self)
        log(TargetServices.LogLevel(rawValue: line.level) ?? .info, line.text)
    }

    /// - Parameter happening: when it happened, as `while it deployed`.
    private func error(for trouble: WorkerTrouble, _ happening: String, _ request: Request) -> any Error {
        let scrubber = SecretScrubber(Array(request.secrets.values))
        let report = WorkerReport(trouble, module: order.file, memory: program.memory, scrubber: scrubber)
        log(.error, "the process of the module ended \(happening): \(report.cause)")
        for (index, frame) in report.frames.enumerated() { log(.error, "backtrace \(index): \(frame)") }
        if case .stubborn = trouble { return CancellationError() }
        if case .notStarted(let reason) = trouble { return TargetError.notStarted(module: order.module, reason) }
        if quarantine.noteEnd("\(happening): \(report.cause)"), let reason = quarantine.reason {
            log(.error, "the module is in quarantine: \(reason)")
        }
        return TargetError.crashed(module: order.module, happening, report.cause)
    }
}

/// Takes bytes that come with an answer.
private final class Attachments: Sendable {
    private let attachments = Mutex<[[UInt8]]>([])

    func add(_ bytes: [UInt8]) { attachments.withLock { $0.append(bytes) } }
    var all: [[UInt8]] { attachments.withLock { $0 } }
}
