internal import Secrets

/// Bytes on their way to a worker, in their order. Secrets are sent from where they are and nowhere copied.
struct OutgoingBytes: Sendable {
    private enum Piece: Sendable {
        case plain([UInt8])
        case secret(SecretBytes)

        var count: Int {
            switch self {
            case .plain(let bytes): bytes.count
            case .secret(let secret): secret.count
            }
        }

        func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
            switch self {
            case .plain(let bytes): bytes.withUnsafeBytes(body)
            case .secret(let secret): secret.withBytes(body)
            }
        }
    }

    private var pieces: [Piece] = []
    /// How much of the first piece is sent.
    private var sent = 0

    var isEmpty: Bool { pieces.isEmpty }

    mutating func append(_ frame: Frame) { pieces.append(.plain(frame.bytes)) }

    /// Adds the value of a secret option.
    mutating func append(_ secret: SecretBytes, named name: String) {
        let name = Array(name.utf8.prefix(255))
        let header = Frame.header(.secret, contentLength: 1 + name.count + secret.count)
        pieces += [.plain(header + [UInt8(name.count)] + name), .secret(secret)]
    }

    mutating func append(_ more: OutgoingBytes) { pieces += more.pieces }

    /// Hands over the next bytes, and forgets as many as were taken.
    /// - Parameter take: how many of the bytes it has taken; nil for none any more.
    mutating func send(_ take: (UnsafeRawBufferPointer) -> Int?) {
        while let piece = pieces.first {
            let count = piece.withBytes { take(UnsafeRawBufferPointer(rebasing: $0[sent...])) }
            guard let count else { return }
            sent += count
            guard sent >= piece.count else { continue }
            pieces.removeFirst()
            sent = 0
        }
    }
}
