/// What has come of an answer so far. Pure: bytes in, headers and body out, and an end where it becomes too much.
struct Reception {
    private(set) var headers = HTTPHeaders()
    private(set) var body: [UInt8] = []
    private(set) var headerBytes = 0
    /// Which cap was exceeded, as a phrase.
    private(set) var excess: String?
    private let limit: Int
    private static let headerLimit = 256 << 10

    /// - Parameter limit: the most bytes of the body.
    init(limit: Int) { self.limit = limit }

    /// False if the transfer is to end because of the cap.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= limit - body.count else {
            excess = "the answer is larger than \(limit) bytes"
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// A line of the header, with its end. A status line begins a new header: an interim answer (1xx) came before.
    mutating func take(line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= Self.headerLimit else {
            excess = "the answer's header is larger than \(Self.headerLimit) bytes"
            return false
        }
        if line.starts(with: "HTTP/".utf8) {
            headers = HTTPHeaders()
            return true
        }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return true }
        headers.append(Self.trimmed(line[..<colon]), Self.trimmed(line[(colon + 1)...]))
        return true
    }

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        let isBlank: (UInt8) -> Bool = { [9, 10, 13, 32].contains($0) }
        let text = bytes.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
        return String(decoding: Array(text), as: UTF8.self)
    }
}
