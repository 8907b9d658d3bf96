import Glibc
import Synchronization
import TargetContract

/// The one terminal of the process while a block at its end is drawn in place. Other messages go above the block.
final class LiveDisplay: Sendable {
    static let shared = LiveDisplay()

    private struct State {
        var descriptor: Int32
        var board = ProgressBoard()
        var block = LiveBlock()
    }

    private let state = Mutex<State?>(nil)

    /// Begins with an empty block.
    func begin(on descriptor: Int32) { state.withLock { $0 = State(descriptor: descriptor) } }

    /// Takes an event and draws what became of it.
    func take(_ event: DeploymentEvent, at time: Double) {
        state.withLock { state in
            guard var current = state else { return }
            let above = current.board.take(event, at: time)
            Self.draw(&current, above: above)
            state = current
        }
    }

    /// Draws it anew: time passes, and the window may have another size.
    func tick() {
        state.withLock { state in
            guard var current = state else { return }
            Self.draw(&current, above: [])
            state = current
        }
    }

    /// The block stays as it is; what is written from now on goes below.
    func end() {
        state.withLock { state in
            guard var current = state else { return }
            Self.draw(&current, above: [])
            let isColoured = Terminal.showsColours(on: current.descriptor)
            let closing = LiveBlock.text(of: current.board.closing, isColoured: isColoured)
            Terminal.write(raw: closing, to: current.descriptor)
            state = nil
        }
    }

    /// Has something written that goes to the same terminal, if it does.
    /// - Parameter write: writes lines; the cursor is at the beginning of one.
    func aside(_ descriptor: Int32, _ write: () -> Void) {
        state.withLock { state in
            guard var current = state, isatty(descriptor) == 1 else { return write() }
            let before = current.block.erasing(width: Terminal.size(of: current.descriptor).width)
            Terminal.write(raw: before, to: current.descriptor)
            write()
            Self.draw(&current, above: [])
            state = current
        }
    }

    private static func draw(_ state: inout State, above: [ScreenLine]) {
        let size = Terminal.size(of: state.descriptor)
        // One column stays free: a cursor behind the last one is somewhere else on every terminal.
        let lines = state.board.block(
            at: Terminal.now(), width: max(size.width - 1, 1), height: max(size.height - 2, 2))
        let isColoured = Terminal.showsColours(on: state.descriptor)
        let frame = state.block.frame(above: above, lines, width: size.width, isColoured: isColoured)
        Terminal.write(raw: frame, to: state.descriptor)
    }
}
