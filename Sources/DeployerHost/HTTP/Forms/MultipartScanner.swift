/// Goes through a multipart body from boundary to boundary. It looks at each byte a fixed number of times.
struct MultipartScanner {
    private let body: [UInt8]
    /// `CR LF - - boundary`. Only its first byte is a CR, so that two places at which it may begin share no byte.
    private let delimiter: [UInt8]
    private var position = 0
    /// Whether the last boundary has been passed.
    private(set) var isAtEnd = false

    /// - Parameter boundary: without CR and LF.
    init(_ body: [UInt8], boundary: String) {
        self.body = body
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// Steps behind the next boundary and returns what comes before it.
    /// - Throws: `FormError` where there is none.
    @discardableResult
    mutating func skipToBoundary() throws(FormError) -> ArraySlice<UInt8> {
        // The first line has no line end before it.
        if position == 0, body.starts(with: delimiter.dropFirst(2)), let end = end(ofBoundaryLine: delimiter.count - 2)
        {
            return step(to: end, after: body[..<0])
        }
        var start = position
        while let place = body[start...].firstIndex(of: Self.carriageReturn) {
            if body[place...].starts(with: delimiter), let end = end(ofBoundaryLine: place + delimiter.count) {
                return step(to: end, after: body[position..<place])
            }
            start = place + 1
        }
        throw .malformed("it is cut short, or its boundary is not the one in the header Content-Type", at: body.count)
    }

    /// Steps behind a part's header and returns its lines.
    /// - Throws: `FormError` for control characters, and where there are more than `limit` bytes.
    mutating func headerLines(limit: Int) throws(FormError) -> [HeaderLine] {
        var lines: [HeaderLine] = []
        let window = body[position...].prefix(limit)
        while true {
            let start = position
            guard let end = window[start...].firstIndex(where: Self.isControl), end + 1 < window.endIndex else {
                guard window.endIndex == body.endIndex else {
                    let text = "The header of a part of the form is larger than \(limit) bytes."
                    throw FormError(kind: .tooLarge, description: text)
                }
                throw .malformed("it is cut short", at: body.count)
            }
            guard body[end] == Self.carriageReturn, body[end + 1] == Self.lineFeed else {
                throw .malformed("a part's header holds a control character", at: end)
            }
            position = end + 2
            guard end > start else { return lines }
            lines.append(HeaderLine(bytes: body[start..<end]))
        }
    }

    private mutating func step(
        to end: (position: Int, isLast: Bool), after content: ArraySlice<UInt8>
    ) -> ArraySlice<UInt8> {
        (position, isAtEnd) = end
        return content
    }

    /// Where the line of a boundary ends, and whether it is the last one; nil where the boundary is only the beginning
    /// of something else.
    private func end(ofBoundaryLine position: Int) -> (position: Int, isLast: Bool)? {
        let isLast = body[position...].starts(with: [UInt8(ascii: "-"), UInt8(ascii: "-")])
        let rest = body[(isLast ? position + 2 : position)...].drop {
            $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t")
        }
        if isLast { return rest.first.map { $0 == Self.carriageReturn } ?? true ? (rest.startIndex, true) : nil }
        return rest.starts(with: [Self.carriageReturn, Self.lineFeed]) ? (rest.startIndex + 2, false) : nil
    }

    private static let carriageReturn: UInt8 = 0x0D
    private static let lineFeed: UInt8 = 0x0A

    /// Tabulators may stand in headers.
    private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x09 || byte == 0x7F }
}
