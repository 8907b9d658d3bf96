/// What the dynamic section of a shared library asks of the loader (System V ABI, "Dynamic Section").
struct ELFDynamic {
    /// The names of the libraries it needs, in their order.
    private(set) var needed: [String] = []
    /// Where they are looked for (`DT_RUNPATH`, or the older `DT_RPATH`); nil where it does not say.
    private(set) var runPath: String?

    private static let limit = 4096

    /// - Throws: `ELFError` for anything but a 64-bit little-endian file with a dynamic section.
    init(parsing bytes: [UInt8]) throws(ELFError) {
        let reader = ByteReader(bytes: bytes)
        let segments = try Self.segments(reader)
        guard let section = segments.first(where: { $0.type == 2 }) else { throw .malformed("no dynamic section") }
        var entries: [(tag: UInt64, value: UInt64)] = []
        for index in 0..<min(section.length / 16, UInt64(Self.limit)) {
            let offset = section.offset + index * 16
            let tag = try reader.integer(UInt64.self, at: offset, of: "dynamic section")
            guard tag != 0 else { break }
            entries.append((tag, try reader.integer(UInt64.self, at: offset + 8, of: "dynamic section")))
        }
        guard let address = entries.first(where: { $0.tag == 5 })?.value,
            let load = segments.first(where: { $0.type == 1 && $0.contains(address) })
        else { throw .malformed("no table of strings") }
        let table = load.offset + (address - load.address)
        for entry in entries where entry.tag == 1 { needed.append(try Self.string(reader, table, entry.value)) }
        if let entry = entries.first(where: { $0.tag == 29 }) ?? entries.first(where: { $0.tag == 15 }) {
            runPath = try Self.string(reader, table, entry.value)
        }
    }

    private struct Segment {
        let type: UInt32
        let offset: UInt64
        let address: UInt64
        let length: UInt64

        func contains(_ other: UInt64) -> Bool { other >= address && other - address < length }
    }

    private static func segments(_ reader: ByteReader) throws(ELFError) -> [Segment] {
        let offset = try reader.integer(UInt64.self, at: 32, of: "ELF header")
        let count = try reader.integer(UInt16.self, at: 56, of: "ELF header")
        let table = try reader.range(at: offset, count: 56 * UInt64(count), of: "program headers")
        var segments: [Segment] = []
        for header in stride(from: UInt64(table.lowerBound), to: UInt64(table.upperBound), by: 56) {
            let segment = Segment(
                type: try reader.integer(UInt32.self, at: header, of: "program headers"),
                offset: try reader.integer(UInt64.self, at: header + 8, of: "program headers"),
                address: try reader.integer(UInt64.self, at: header + 16, of: "program headers"),
                length: try reader.integer(UInt64.self, at: header + 32, of: "program headers")
            )
            _ = try reader.range(at: segment.offset, count: segment.length, of: "segments")
            segments.append(segment)
        }
        return segments
    }

    private static func string(_ reader: ByteReader, _ table: UInt64, _ offset: UInt64) throws(ELFError) -> String {
        let (start, overflows) = table.addingReportingOverflow(offset)
        guard !overflows, start < UInt64(reader.bytes.count) else { throw .malformed("a name lies outside the file") }
        let rest = reader.bytes[Int(start)...].prefix(limit)
        return String(decoding: rest.prefix { $0 != 0 }, as: UTF8.self)
    }
}
