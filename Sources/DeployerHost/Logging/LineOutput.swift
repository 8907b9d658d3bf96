internal import Glibc
internal import Synchronization

/// A file descriptor that takes whole lines.
final class LineOutput: Sendable {
    /// Of this process.
    static let standardError = LineOutput(descriptor: STDERR_FILENO)

    private let descriptor: Int32
    /// Pipes keep apart only what is written in pieces of up to 4096 bytes.
    private let turn = Mutex(())

    /// - Parameter descriptor: stays the caller's to close.
    init(descriptor: Int32) { self.descriptor = descriptor }

    /// Writes bytes with one call of the system, more only where it takes less than all. What cannot be written is lost:
    /// there is nobody to tell.
    func write(_ bytes: [UInt8]) {
        turn.withLock { _ in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }
}
