internal import Synchronization
internal import Transport

/// Carries bytes between the local socket and the WebSocket until either side ends. Two tasks, no thread.
final class PortForwardPump: Sendable {
    private let socket: WebSocketConnection
    private let local: Task<RawConnection, any Error>
    private let trouble = Mutex<String?>(nil)

    init(socket: WebSocketConnection, local: LocalSocket) {
        self.socket = socket
        self.local = Task { try await local.accept() }
        Task {
            await self.carryUp()
            self.close()
        }
        Task {
            await self.carryDown()
            self.close()
        }
    }

    var failure: String? { trouble.withLock { $0 } }

    func close() {
        socket.close()
        local.cancel()
        Task { [local] in try await local.value.close() }
    }

    /// From this process to the pod.
    private func carryUp() async {
        do {
            let connection = try await local.value
            while let bytes = try await connection.receive() {
                for start in stride(from: 0, to: bytes.count, by: Self.messageSize) {
                    let part = bytes[start..<min(start + Self.messageSize, bytes.count)]
                    try await socket.send(
                        WebSocketFrame(opcode: .binary, payload: PortForwardChannels.message(of: part)))
                }
            }
            try await socket.send(WebSocketFrame(opcode: .close, payload: [0x03, 0xE8]))
        } catch {
            // Whatever broke, the other side learns of it by the end of its connection.
        }
    }

    /// From the pod to this process.
    private func carryDown() async {
        var channels = PortForwardChannels()
        do {
            while let message = try await socket.next() {
                switch try channels.take(message) {
                case .data(let bytes): try await local.value.send(bytes)
                case .failure(let text):
                    trouble.withLock { $0 = text }
                    return
                case nil: continue
                }
            }
        } catch let error as PortForwardError where error.code == .broken {
            trouble.withLock { $0 = error.reason }
        } catch {
            // Closed by this side, or the connection broke: the local end learns of it by its end.
        }
    }

    private static let messageSize = 32 << 10
}
