internal import Synchronization

/// What a streamed answer has brought and nobody has taken yet: filled by the loop's thread, emptied by a reader.
final class StreamBuffer: Sendable {
    /// More than this makes the transfer pause.
    static let capacity = 256 << 10

    typealias Head = Result<(Int, HTTPHeaders), TransportError>
    typealias Chunk = Result<[UInt8]?, TransportError>

    private struct State {
        var head: Head?
        var headReader: CheckedContinuation<Head, Never>?
        var bytes: [UInt8] = []
        var isPaused = false
        var end: Result<HTTPHeaders, TransportError>?
        var reader: CheckedContinuation<Chunk, Never>?
    }

    private let state = Mutex(State())

    // MARK: The loop's side

    func begin(status: Int, headers: HTTPHeaders) {
        let reader = state.withLock { state in
            state.head = .success((status, headers))
            defer { state.headReader = nil }
            return state.headReader
        }
        reader?.resume(returning: .success((status, headers)))
    }

    /// False if the transfer is to pause; the bytes were not taken then.
    func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let reader: CheckedContinuation<Chunk, Never>?? = state.withLock { state in
            guard state.bytes.count < Self.capacity else {
                state.isPaused = true
                return nil
            }
            if let reader = state.reader {
                state.reader = nil
                return reader
            }
            state.bytes.append(contentsOf: bytes)
            return .some(nil)
        }
        guard let reader else { return false }
        reader?.resume(returning: .success(Array(bytes)))
        return true
    }

    func finish(_ result: Result<HTTPResponse, TransportError>) {
        let (headReader, reader, head) = state.withLock { state in
            state.end = result.map(\.trailers)
            // Without a body the header may be told only now.
            if state.head == nil { state.head = result.map { ($0.status, $0.headers) } }
            let readers = (state.headReader, state.reader)
            state.headReader = nil
            state.reader = nil
            return (readers.0, readers.1, state.head)
        }
        if let head { headReader?.resume(returning: head) }
        reader?.resume(returning: result.map { _ in nil })
    }

    // MARK: The reader's side

    func head() async -> Head {
        await withCheckedContinuation { continuation in
            let head = state.withLock { state -> Head? in
                if state.head == nil { state.headReader = continuation }
                return state.head
            }
            if let head { continuation.resume(returning: head) }
        }
    }

    /// - Parameter unpause: called when a paused transfer can go on.
    func next(unpause: () -> Void) async -> Chunk {
        let ready = state.withLock { state -> (Chunk?, Bool) in
            if !state.bytes.isEmpty {
                defer { state.bytes = [] }
                defer { state.isPaused = false }
                return (.success(state.bytes), state.isPaused)
            }
            return (state.end?.map { _ in nil }, false)
        }
        if ready.1 { unpause() }
        if let chunk = ready.0 { return chunk }
        return await withCheckedContinuation { continuation in
            let chunk = state.withLock { state -> Chunk? in
                if !state.bytes.isEmpty {
                    defer { state.bytes = [] }
                    return .success(state.bytes)
                }
                if let end = state.end { return end.map { _ in nil } }
                state.reader = continuation
                return nil
            }
            if let chunk { continuation.resume(returning: chunk) }
        }
    }

    var trailers: HTTPHeaders {
        state.withLock { state in
            if case .success(let trailers)? = state.end { trailers } else { HTTPHeaders() }
        }
    }
}
