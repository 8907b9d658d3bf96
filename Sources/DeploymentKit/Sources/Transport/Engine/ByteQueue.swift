internal import Synchronization

/// Bytes on their way from the I/O thread to the task that reads them.
final class ByteQueue: Sendable {
    typealias Item = Result<[UInt8]?, TransportError>

    private struct State {
        var bytes: [UInt8] = []
        var ending: Result<Void, TransportError>?
        var reader: CheckedContinuation<Item, Never>?
    }

    /// With so many bytes waiting the sender pauses; whoever takes so many has to wake it.
    static let capacity = 256 << 10
    private let state = Mutex(State())

    /// Hands bytes over. Returns how many wait to be read.
    func put(_ bytes: UnsafeRawBufferPointer) -> Int {
        let (reader, unread) = state.withLock { state -> (CheckedContinuation<Item, Never>?, Int) in
            if let reader = state.reader {
                state.reader = nil
                return (reader, 0)
            }
            state.bytes.append(contentsOf: bytes)
            return (nil, state.bytes.count)
        }
        reader?.resume(returning: .success(Array(bytes)))
        return unread
    }

    /// Nothing more comes. The first ending counts; bytes that wait can still be read, unless it was a cancellation.
    func finish(_ ending: Result<Void, TransportError>) {
        let reader = state.withLock { state -> CheckedContinuation<Item, Never>? in
            guard state.ending == nil else { return nil }
            state.ending = ending
            if case .failure(let error) = ending, error.code == .cancelled { state.bytes = [] }
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: Self.item(ending))
    }

    /// All bytes that wait, or the next that come; nil at the end. One task at a time may wait.
    func next(host: String) async -> Item {
        await withCheckedContinuation { continuation in
            let item = state.withLock { state -> Item? in
                if !state.bytes.isEmpty {
                    defer { state.bytes = [] }
                    return .success(state.bytes)
                }
                if let ending = state.ending { return Self.item(ending) }
                guard state.reader == nil else {
                    return .failure(TransportError(.failed, host: host, reason: "two tasks read from one stream"))
                }
                state.reader = continuation
                return nil
            }
            if let item { continuation.resume(returning: item) }
        }
    }

    private static func item(_ ending: Result<Void, TransportError>) -> Item { ending.map { nil } }
}
