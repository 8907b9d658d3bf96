/// What the headers of a shared library say (System V ABI, ELF-64 object file format). Nothing of the file runs.
struct ELFImage {
    let machine: ELFMachine
    /// The notes in the loadable part of the file, in their order.
    let notes: [Note]

    /// A note of an ELF file.
    struct Note: Hashable {
        let owner: String
        let type: UInt32
        let descriptor: [UInt8]
    }

    private static let sharedObject: UInt16 = 3

    /// Reads the headers and the notes.
    /// - Throws: `ELFError` for anything but a complete 64-bit little-endian shared object.
    init(parsing bytes: [UInt8]) throws(ELFError) {
        guard bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) else { throw .notELF(beginning: Array(bytes.prefix(4))) }
        let reader = ByteReader(bytes: bytes)
        _ = try reader.range(at: 0, count: 64, of: "ELF header")
        guard bytes[4] == 2 else { throw .otherFormat("it has 32-bit class") }
        guard bytes[5] == 1 else { throw .otherFormat("it is big-endian") }
        guard bytes[6] == 1 else { throw .malformed("the ELF version is \(bytes[6])") }
        let type = try reader.integer(UInt16.self, at: 16, of: "ELF header")
        guard type == Self.sharedObject else { throw .otherType(type) }
        machine = ELFMachine(rawValue: try reader.integer(UInt16.self, at: 18, of: "ELF header"))
        try Self.checkSectionHeaders(reader)
        notes = try Self.notes(reader)
    }

    /// The section headers stand at the end, so that they tell of a file that is cut short.
    private static func checkSectionHeaders(_ reader: ByteReader) throws(ELFError) {
        let offset = try reader.integer(UInt64.self, at: 40, of: "ELF header")
        let size = try reader.integer(UInt16.self, at: 58, of: "ELF header")
        let count = try reader.integer(UInt16.self, at: 60, of: "ELF header")
        _ = try reader.range(at: offset, count: UInt64(size) * UInt64(count), of: "section headers")
    }

    private static func notes(_ reader: ByteReader) throws(ELFError) -> [Note] {
        var notes: [Note] = []
        for segment in try ELFSegment.all(reader) where segment.type == ELFSegment.note {
            notes += try Self.notes(reader, in: segment.range, alignment: segment.alignment == 8 ? 8 : 4)
        }
        return notes
    }

    /// A note is three lengths and type, the name, the descriptor; the latter two are padded to the alignment.
    private static func notes(
        _ reader: ByteReader, in segment: Range<Int>, alignment: UInt64
    ) throws(ELFError) -> [Note] {
        var notes: [Note] = []
        var offset = UInt64(segment.lowerBound)
        let end = UInt64(segment.upperBound)
        while offset + 12 <= end {
            let nameSize = UInt64(try reader.integer(UInt32.self, at: offset, of: "notes"))
            let descriptorSize = UInt64(try reader.integer(UInt32.self, at: offset + 4, of: "notes"))
            let type = try reader.integer(UInt32.self, at: offset + 8, of: "notes")
            let descriptorStart = padded(offset + 12 + nameSize, to: alignment)
            guard descriptorStart + descriptorSize <= end else {
                throw .malformed("a note ends at byte \(descriptorStart + descriptorSize), its segment at byte \(end)")
            }
            let name = reader.bytes[try reader.range(at: offset + 12, count: nameSize, of: "notes")]
            let descriptor = try reader.range(at: descriptorStart, count: descriptorSize, of: "notes")
            let owner = String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
            notes.append(Note(owner: owner, type: type, descriptor: Array(reader.bytes[descriptor])))
            offset = padded(descriptorStart + descriptorSize, to: alignment)
        }
        return notes
    }

    private static func padded(_ offset: UInt64, to alignment: UInt64) -> UInt64 {
        (offset + alignment - 1) / alignment * alignment
    }
}
