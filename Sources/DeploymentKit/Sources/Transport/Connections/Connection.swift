internal import Glibc

/// A connection on the I/O thread: what it received goes to a queue, what is to be sent waits here.
final class Connection {
    /// Bytes that somebody waits for to be sent.
    private struct Write {
        let memory: WipedMemory
        var sent = 0
        let completion: Completion<Void>
    }

    let endpoint: any Endpoint
    private let input: ByteQueue
    private let host: String
    private var writes: [Write] = []
    private var isPaused = false
    private var isAtEnd = false
    /// Whether it is worth trying to read and write.
    var isReady = true
    private var buffer = [UInt8](repeating: 0, count: 16 << 10)

    init(_ endpoint: any Endpoint, input: ByteQueue, host: String) {
        self.endpoint = endpoint
        self.input = input
        self.host = host
    }

    /// What is worth waking for, 0 for nothing.
    var events: Int16 {
        Int16(isPaused || isAtEnd ? 0 : POLLIN) | Int16(writes.isEmpty ? 0 : POLLOUT)
    }

    func write(_ bytes: [UInt8], completion: @escaping Completion<Void>) {
        writes.append(Write(memory: WipedMemory(bytes), completion: completion))
        isReady = true
    }

    func resume() {
        isPaused = false
        isReady = true
    }

    /// Reads and writes what is possible. An error ends the connection.
    func service() throws(TransportError) {
        isReady = false
        try receive()
        try send()
    }

    /// Tells everybody who waits.
    func end(_ error: TransportError) {
        input.finish(.failure(error))
        for write in writes { write.completion(.failure(error)) }
        writes = []
    }

    private func receive() throws(TransportError) {
        while !isPaused, !isAtEnd {
            switch buffer.withUnsafeMutableBytes({ endpoint.read(into: $0) }) {
            case .count(let count):
                let unread = buffer.withUnsafeBytes { input.put(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
                isPaused = unread >= ByteQueue.capacity
            case .again: return
            case .end:
                isAtEnd = true
                input.finish(.success(()))
            case .failure(let error): throw error
            }
        }
    }

    private func send() throws(TransportError) {
        while var write = writes.first {
            if write.sent < write.memory.bytes.count {
                switch endpoint.write(UnsafeRawBufferPointer(rebasing: write.memory.bytes[write.sent...])) {
                case .count(let count): write.sent += count
                case .again: return
                case .end: throw TransportError(.failed, host: host, reason: "the connection was closed")
                case .failure(let error): throw error
                }
                writes[0] = write
            }
            guard write.sent == write.memory.bytes.count else { continue }
            writes.removeFirst()
            write.completion(.success(()))
        }
    }
}
