/// Cuts a byte stream into lines. Pure.
struct LineSplitter {
    private var rest: [UInt8] = []
    /// Longer lines are cut into pieces of this length.
    let limit: Int

    init(limit: Int) { self.limit = limit }

    /// The lines that are complete with these bytes, without their ends.
    mutating func take(_ bytes: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") || rest.count == limit {
                lines.append(rest)
                rest.removeAll(keepingCapacity: true)
            }
            if byte != UInt8(ascii: "\n") { rest.append(byte) }
        }
        return lines
    }

    /// What came after the last line end; nil if nothing did.
    mutating func finish() -> [UInt8]? {
        defer { rest = [] }
        return rest.isEmpty ? nil : rest
    }
}
