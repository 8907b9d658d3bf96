/// A text field of fixed width within the descriptor of a note.
struct NoteField {
    let name: String
    let offset: Int
    let width: Int

    static let compiler = NoteField(name: "compiler", offset: 8, width: 96)
    static let interface = NoteField(name: "interface", offset: 104, width: 64)
    static let id = NoteField(name: "id", offset: 168, width: 64)
    static let version = NoteField(name: "version", offset: 232, width: 64)
    /// In the order of the descriptor.
    static let all = [compiler, interface, id, version]

    func bytes(of value: String) throws(ModuleNoteError) -> [UInt8] {
        let bytes = Array(value.utf8)
        guard bytes.count <= width else {
            throw ModuleNoteError(field: name, reason: "\(bytes.count) bytes, at most \(width) fit")
        }
        try check(bytes)
        return bytes + [UInt8](repeating: 0, count: width - bytes.count)
    }

    func text(in descriptor: [UInt8]) throws(ModuleNoteError) -> String {
        let field = descriptor[offset..<(offset + width)]
        let bytes = field.prefix { $0 != 0 }
        guard field.dropFirst(bytes.count).allSatisfy({ $0 == 0 }) else {
            throw ModuleNoteError(field: name, reason: "has bytes after the NUL that ends it")
        }
        try check(bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func check(_ bytes: some Collection<UInt8>) throws(ModuleNoteError) {
        guard !bytes.isEmpty else { throw ModuleNoteError(field: name, reason: "is empty") }
        guard bytes.allSatisfy({ (0x20...0x7e).contains($0) }) else {
            throw ModuleNoteError(field: name, reason: "has characters other than printable ASCII")
        }
    }
}

enum LittleEndian {
    static func bytes(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

    static func integer(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) } }
}
