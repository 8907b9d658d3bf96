import Glibc
import Synchronization
import TargetContract

/// Shows events while they come: on a terminal as a board that is drawn in place, elsewhere as lines.
final class ProgressPrinter: Sendable {
    private let descriptor: Int32
    private let isLive: Bool
    private let folding = Mutex(EventFolding())
    private let ticker: Task<Void, Never>?

    /// - Parameter descriptor: where to; standard output or standard error.
    init(to descriptor: Int32) {
        self.descriptor = descriptor
        isLive = Terminal.isDrawable(descriptor)
        guard isLive else {
            ticker = nil
            return
        }
        LiveDisplay.shared.begin(on: descriptor)
        ticker = Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(1))
                if !Task.isCancelled { LiveDisplay.shared.tick() }
            }
        }
    }

    /// Takes an event from any thread.
    /// - Parameter time: when it happened, in seconds since 1970; nil for now.
    func take(_ event: DeploymentEvent, at time: Double? = nil) {
        if isLive { return LiveDisplay.shared.take(event, at: time ?? Terminal.now()) }
        // Inside the lock, so that the lines come in the order of the events.
        folding.withLock { folding in
            if folding.isNews(event) { Terminal.show(EventLine(event), on: descriptor) }
        }
    }

    /// What is written from now on goes below.
    func finish() {
        guard isLive else { return }
        ticker?.cancel()
        LiveDisplay.shared.end()
    }
}
