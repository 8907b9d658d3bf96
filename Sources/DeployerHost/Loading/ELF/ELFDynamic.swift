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
        let segments = try ELFSegment.all(reader)
        guard let section = segments.first(where: { $0.type == ELFSegment.dynamic }) else {
            throw .malformed("no dynamic section")
        }
        var entries: [(tag: UInt64, value: UInt64)] = []
        for index in 0..<UInt64(min(section.range.count / 16, Self.limit)) {
            let offset = UInt64(section.range.lowerBound) + index * 16
            let tag = try reader.integer(UInt64.self, at: offset, of: "dynamic section")
            guard tag != 0 else { break }
            entries.append((tag, try reader.integer(UInt64.self, at: offset + 8, of: "dynamic section")))
        }
        guard let address = entries.first(where: { $0.tag == 5 })?.value,
            let load = segments.first(where: { $0.type == ELFSegment.load && $0.contains(address) })
        else { throw .malformed("no table of strings") }
        let table = UInt64(load.range.lowerBound) + (address - load.address)
        for entry in entries where entry.tag == 1 { needed.append(try Self.string(reader, table, entry.value)) }
        if let entry = entries.first(where: { $0.tag == 29 }) ?? entries.first(where: { $0.tag == 15 }) {
            runPath = try Self.string(reader, table, entry.value)
        }
    }

    private static func string(_ reader: ByteReader, _ table: UInt64, _ offset: UInt64) throws(ELFError) -> String {
        let (start, overflows) = table.addingReportingOverflow(offset)
        guard !overflows, start < UInt64(reader.bytes.count) else { throw .malformed("a name lies outside the file") }
        let rest = reader.bytes[Int(start)...].prefix(limit)
        return String(decoding: rest.prefix { $0 != 0 }, as: UTF8.self)
    }
}
