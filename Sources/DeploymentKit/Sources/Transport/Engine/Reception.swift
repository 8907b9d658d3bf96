/// What has come of an answer so far. Pure: bytes in, headers and body out, and an end where it becomes too much.
struct Reception {
    /// 0 before the status line.
    private(set) var status = 0
    private(set) var headers = HTTPHeaders()
    /// Whether the header of the final answer is there.
    private(set) var isHeaderComplete = false
    /// The fields after the header.
    private(set) var trailers = HTTPHeaders()
    private(set) var body: [UInt8] = []
    private(set) var headerBytes = 0
    /// Which cap was exceeded, as a phrase.
    private(set) var excess: String?
    private var admitted = 0
    private let limit: Int
    private static let headerLimit = 256 << 10
    private static let unreadLimit = 32 << 20

    /// - Parameter limit: the most bytes of the body.
    init(limit: Int) { self.limit = limit }

    /// False if the transfer is to end because of the cap.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard admit(bytes.count) else { return false }
        body.append(contentsOf: bytes)
        return true
    }

    /// Counts bytes of the body that are kept elsewhere. False if they exceed the cap.
    mutating func admit(_ count: Int) -> Bool {
        guard count <= limit - admitted else {
            excess = "the answer is larger than \(limit) bytes"
            return false
        }
        admitted += count
        return true
    }

    /// For a body whose sender is not slowed down: false if more wait to be read than may be kept.
    mutating func admitUnread(_ count: Int) -> Bool {
        guard count > Self.unreadLimit else { return true }
        excess = "more than \(Self.unreadLimit) bytes wait to be read"
        return false
    }

    /// A line of the header, with its end. A status line begins a new header: an interim answer (1xx) came before.
    mutating func take(line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= Self.headerLimit else {
            excess = "the answer's header is larger than \(Self.headerLimit) bytes"
            return false
        }
        if !isHeaderComplete, line.starts(with: "HTTP/".utf8) {
            headers = HTTPHeaders()
            status = Self.status(of: line)
            return true
        }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
            if Self.trimmed(line[...]).isEmpty { isHeaderComplete = isHeaderComplete || status >= 200 }
            return true
        }
        let (name, value) = (Self.trimmed(line[..<colon]), Self.trimmed(line[(colon + 1)...]))
        if isHeaderComplete { trailers.append(name, value) } else { headers.append(name, value) }
        return true
    }

    /// The second word of a status line.
    private static func status(of line: UnsafeRawBufferPointer) -> Int {
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        return words.count > 1 ? Int(trimmed(words[1])) ?? 0 : 0
    }

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        let isBlank: (UInt8) -> Bool = { [9, 10, 13, 32].contains($0) }
        let text = bytes.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
        return String(decoding: Array(text), as: UTF8.self)
    }
}
