internal import Synchronization
internal import TargetContract

/// Takes the events of one call, and goes on taking them when it has returned.
final class EventRecorder: Sendable {
    private struct State {
        var events: [DeploymentEvent] = []
        var late: [DeploymentEvent] = []
        var isReturned = false
        var action: (count: Int, action: @Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// The events before the call returned.
    var events: [DeploymentEvent] { state.withLock(\.events) }
    /// The events that came afterwards.
    var late: [DeploymentEvent] { state.withLock(\.late) }

    /// Does something as soon as so many events are there.
    func after(_ count: Int, do action: @escaping @Sendable () -> Void) {
        state.withLock { $0.action = (count, action) }
    }

    /// Takes an event; from any thread.
    func take(_ event: DeploymentEvent) {
        let action = state.withLock { state -> (@Sendable () -> Void)? in
            guard !state.isReturned else {
                state.late.append(event)
                return nil
            }
            state.events.append(event)
            guard let action = state.action, state.events.count >= action.count else { return nil }
            state.action = nil
            return action.action
        }
        action?()
    }

    /// The call has returned: what comes now is late.
    func end() { state.withLock { $0.isReturned = true } }
}
