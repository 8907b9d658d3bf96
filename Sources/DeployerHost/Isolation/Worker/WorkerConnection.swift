internal import CWorker
internal import Glibc
internal import Synchronization

/// The worker's end of the connection.
final class WorkerConnection: Sendable {
    private let writing = Mutex(())

    /// Reads messages until the host hangs up, which ends the process whatever its module is doing.
    func read(_ take: (Frame) -> Void) -> Never {
        var decoder = FrameDecoder()
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(CWORKER_CONNECTION, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0, let frames = try? decoder.decode(buffer[..<count]) else { _exit(0) }
            // Secrets pass through here.
            memset(&buffer, 0, count)
            frames.forEach(take)
        }
    }

    /// Sends a message, and waits as long as the host has no time for it.
    func send(_ frame: Frame) {
        writing.withLock { _ in
            var rest = frame.bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Glibc.send(CWORKER_CONNECTION, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
                }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { _exit(0) }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Sends a value. One that is too large for a message, or cannot be written, becomes the failure of the call.
    func send(_ kind: Frame.Kind, _ value: some Encodable) {
        guard let frame = try? Frame(kind, encoding: value), frame.content.count <= kind.contentLimit else {
            guard kind == .result else { return }
            return send(.failure, WorkerFailure.other("what it gave cannot be handed over"))
        }
        send(frame)
    }
}
