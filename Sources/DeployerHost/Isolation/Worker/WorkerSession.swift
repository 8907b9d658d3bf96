internal import Documents
internal import Glibc
internal import Synchronization
internal import TargetChecks
internal import TargetContract

/// What a worker does with the messages of its host, one after the other; only `cancel` overtakes.
final class WorkerSession: Sendable {
    private struct Work {
        var task: Task<Void, Never>?
        var isCancelled = false
    }

    private let connection: WorkerConnection
    private let work = Mutex(Work())
    private let frames: AsyncStream<Frame>
    private let incoming: AsyncStream<Frame>.Continuation

    init(_ connection: WorkerConnection) {
        self.connection = connection
        (frames, incoming) = AsyncStream.makeStream(of: Frame.self)
    }

    /// Takes a message that has arrived.
    func take(_ frame: Frame) {
        guard frame.kind == .cancel else {
            incoming.yield(frame)
            return
        }
        work.withLock { work in
            work.isCancelled = true
            work.task?.cancel()
        }
    }

    /// Answers messages; returns where the host does not keep to the order of them.
    func serve() async {
        var target: LoadedTarget?
        var candidate: Candidate?
        var secrets: [String: String] = [:]
        var attachment: [UInt8]?
        for await frame in frames {
            switch frame.kind {
            case .load:
                guard let order = try? frame.decoded(as: ModuleOrder.self) else { return }
                target = load(order)
            case .open:
                guard let order = try? frame.decoded(as: ModuleOrder.self) else { return }
                candidate = open(order)
            case .trial:
                guard let candidate, let order = try? frame.decoded(as: TrialOrder.self) else { return }
                await tryOut(candidate, order, options: secrets)
                secrets = [:]
            case .secret:
                let length = Int(frame.content.first ?? 0)
                let name = String(decoding: frame.content.dropFirst().prefix(length), as: UTF8.self)
                secrets[name] = String(decoding: frame.content.dropFirst(1 + length), as: UTF8.self)
            case .attachment: attachment = frame.content
            case .call:
                guard let target, let call = try? frame.decoded(as: WorkerCall.self) else { return }
                let given = call.options.merging(secrets) { _, secret in secret }
                await perform(WorkerOperation(target, call, given: given, attachment: attachment, connection))
                secrets = [:]
                attachment = nil
            default: return
            }
        }
    }

    private func loader(_ order: ModuleOrder) -> ModuleLoader {
        ModuleLoader(searchPath: .ofThisProcess()) { [connection] _ in
            TargetServices(allowedNetworks: order.allowedNetworks) { level, text in
                let text = text.prefixed(by: WaitingLines.longest)
                connection.send(.log, WorkerLogLine(level: level.rawValue, text: text))
            }
        }
    }

    private func load(_ order: ModuleOrder) -> LoadedTarget? {
        let modules = loader(order).load(file: order.file, as: order.reference)
        guard let target = modules.targets.first else {
            connection.send(.rejected, modules.rejected.flatMap(\.problems))
            return nil
        }
        connection.send(
            .loaded,
            WorkerGreeting(
                manifest: target.manifest, contract: target.contract, abilities: target.hosted.abilities)
        )
        return target
    }

    /// A module whose targets are to be tried out.
    private struct Candidate {
        let factory: TargetFactory
        let order: ModuleOrder
    }

    private func open(_ order: ModuleOrder) -> Candidate? {
        do {
            let (factory, contract) = try loader(order).factory(file: order.file, as: order.reference)
            connection.send(
                .loaded, WorkerGreeting(manifest: factory.manifest, contract: contract, abilities: []))
            return Candidate(factory: factory, order: order)
        } catch {
            connection.send(.rejected, error.problems)
            return nil
        }
    }

    private func tryOut(_ candidate: Candidate, _ order: TrialOrder, options: [String: String]) async {
        var input = ConformanceInput(
            settings: candidate.order.reference.settings, options: options, environment: order.environment)
        input.allowedNetworks = candidate.order.allowedNetworks
        input.nodeImage = order.nodeImage
        input.orchestratorImage = order.orchestratorImage
        let report = await Conformance.run(candidate.factory, with: input) { [connection] in
            connection.send(.checking, $0)
        } progress: { [connection] in
            connection.send(.checked, $0)
        }
        connection.send(.result, report)
    }

    private func perform(_ operation: WorkerOperation) async {
        let task = Task { await operation.perform() }
        work.withLock { work in
            work.task = task
            if work.isCancelled { task.cancel() }
        }
        await task.value
        work.withLock { $0.task = nil }
    }
}
