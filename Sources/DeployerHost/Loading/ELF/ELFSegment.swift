/// A part of a file that is mapped or looked at as a whole (a program header of ELF-64).
struct ELFSegment {
    let type: UInt32
    /// Where it is in the file.
    let range: Range<Int>
    /// Where it is in memory, from where the library begins.
    let address: UInt64
    let alignment: UInt64

    static let load: UInt32 = 1
    static let dynamic: UInt32 = 2
    static let note: UInt32 = 4

    /// Whether an address lies in what the file has of it.
    func contains(_ other: UInt64) -> Bool { other >= address && other - address < UInt64(range.count) }

    /// All of a file, in their order.
    /// - Throws: `ELFError` where one ends beyond the file.
    static func all(_ reader: ByteReader) throws(ELFError) -> [ELFSegment] {
        let offset = try reader.integer(UInt64.self, at: 32, of: "ELF header")
        let size = try reader.integer(UInt16.self, at: 54, of: "ELF header")
        let count = try reader.integer(UInt16.self, at: 56, of: "ELF header")
        guard size == 56 || count == 0 else { throw .malformed("a program header has \(size) bytes") }
        let table = try reader.range(at: offset, count: UInt64(size) * UInt64(count), of: "program headers")
        var segments: [ELFSegment] = []
        for header in stride(from: UInt64(table.lowerBound), to: UInt64(table.upperBound), by: 56) {
            let start = try reader.integer(UInt64.self, at: header + 8, of: "program headers")
            let length = try reader.integer(UInt64.self, at: header + 32, of: "program headers")
            segments.append(
                ELFSegment(
                    type: try reader.integer(UInt32.self, at: header, of: "program headers"),
                    range: try reader.range(at: start, count: length, of: "segments"),
                    address: try reader.integer(UInt64.self, at: header + 16, of: "program headers"),
                    alignment: try reader.integer(UInt64.self, at: header + 48, of: "program headers")
                )
            )
        }
        return segments
    }
}
