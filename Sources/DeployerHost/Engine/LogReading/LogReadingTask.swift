internal import TargetContract

/// Lines that are being read. The reading ends with this object, and with whoever calls `cancel` before.
final class LogReadingTask: Sendable {
    /// Ends with the reason why there are no more lines.
    let lines: WaitingLines
    private let task: Task<Void, Never>

    /// How long reading may take that does not follow the containers.
    static let patience = Duration.seconds(300)

    /// Begins to read.
    /// - Parameters:
    ///   - patience: how long it may take.
    ///   - isExpected: whether it is meant to end by then, so that there is no more to tell.
    ///   - read: hands over the lines as they come.
    ///   - ended: is called when the target has returned.
    init(
        within patience: Duration,
        isExpected: Bool,
        _ read: @escaping @Sendable (@escaping @Sendable (LogLine) -> Void) async throws -> Void,
        ended: @escaping @Sendable () async -> Void
    ) {
        let lines = WaitingLines()
        self.lines = lines
        task = Task {
            let reading = Task {
                do {
                    try await read { lines.put($0) }
                    lines.end(.success(()))
                } catch {
                    lines.end(.failure(error))
                }
            }
            let alarm = Task {
                try await Task.sleep(for: patience)
                lines.end(isExpected ? .success(()) : .failure(TargetError.logsTakeTooLong(patience)))
                reading.cancel()
            }
            await withTaskCancellationHandler {
                await reading.value
            } onCancel: {
                reading.cancel()
            }
            alarm.cancel()
            await ended()
        }
    }

    deinit { cancel() }

    /// Tells the target to give up, and waits for nothing: also one that does not has no reader any more.
    func cancel() {
        lines.end(.failure(CancellationError()))
        task.cancel()
    }
}

extension TargetError {
    fileprivate static func logsTakeTooLong(_ patience: Duration) -> TargetError {
        TargetError(
            .timeout,
            what: "Not all lines were read",
            why: "the target had not read them to the end after \(patience.components.seconds) s",
            remedy: "Read the lines of one node, or follow them"
        )
    }
}
