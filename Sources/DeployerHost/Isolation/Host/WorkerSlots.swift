internal import Synchronization

/// How many calls of one kind are made at once: the next ones wait for a free place, in their order.
final class WorkerSlots: Sendable {
    private struct State {
        var free: Int
        var waiting: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
        var lastNumber = 0
        /// Who has given up before it was in the row.
        var late: Set<Int> = []
    }

    private let state: Mutex<State>

    /// - Parameter count: how many places there are.
    init(_ count: Int) { state = Mutex(State(free: count)) }

    /// Takes a place, and waits for one.
    /// - Parameter patience: how long it waits.
    /// - Returns: whether there was one in time, and the task was not cancelled before; then it must be given back.
    func take(within patience: Duration) async -> Bool {
        let number: Int? = state.withLock { state in
            if state.free > 0, !Task.isCancelled {
                state.free -= 1
                return nil
            }
            state.lastNumber += 1
            return state.lastNumber
        }
        guard let number else { return true }
        let alarm = Task {
            try await Task.sleep(for: patience)
            giveUp(number)
        }
        defer {
            alarm.cancel()
            state.withLock { _ = $0.late.remove(number) }
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    // Who is cancelled before there is anything to cancel must not be forgotten.
                    if Task.isCancelled || state.late.contains(number) { return false }
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    state.waiting.append((number, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            giveUp(number)
        }
    }

    /// Gives a place back.
    func give() {
        let next = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil as CheckedContinuation<Bool, Never>?
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }

    private func giveUp(_ number: Int) {
        let continuation = state.withLock { state in
            let index = state.waiting.firstIndex { $0.number == number }
            if index == nil { state.late.insert(number) }
            return index.map { state.waiting.remove(at: $0).continuation }
        }
        continuation?.resume(returning: false)
    }
}
