@testable import Transport

/// An answer of HTTP/2 written by hand, without a Content-Length, as servers of gRPC send it (RFC 9113, section 4).
enum HTTP2Answer {
    /// Accepts one connection and answers its first request; stays until the other side closes.
    static func send(over socket: LocalSocket, body: [UInt8], trailer: (name: String, value: String)) async throws {
        let connection = try await socket.accept()
        var received: [UInt8] = []
        while !hasRequest(received), let bytes = try await connection.receive() { received += bytes }
        let field = [0, UInt8(trailer.name.utf8.count)] + Array(trailer.name.utf8) + [UInt8(trailer.value.utf8.count)]
        try await connection.send(
            frame(type: 4, flags: 0, stream: 0, []) + frame(type: 4, flags: 1, stream: 0, [])
                // 0x88 is ":status: 200" of the static table (RFC 7541).
                + frame(type: 1, flags: 4, stream: 1, [0x88]) + frame(type: 0, flags: 0, stream: 1, body)
                + frame(type: 1, flags: 5, stream: 1, field + Array(trailer.value.utf8))
        )
        while try await connection.receive() != nil {}
    }

    private static func frame(type: UInt8, flags: UInt8, stream: UInt8, _ payload: [UInt8]) -> [UInt8] {
        [0, 0, UInt8(payload.count), type, flags, 0, 0, 0, stream] + payload
    }

    /// Whether a HEADERS frame is there, after the 24 bytes of the preface.
    private static func hasRequest(_ bytes: [UInt8]) -> Bool {
        var place = 24
        while place + 9 <= bytes.count {
            if bytes[place + 3] == 1 { return true }
            place += 9 + bytes[place..<(place + 3)].reduce(0) { $0 << 8 | Int($1) }
        }
        return false
    }
}
