import ContractVersions
import Testing

@Suite struct ModuleNoteTests {
    private static let note = ModuleNote(
        contract: 1,
        compiler: "6.3.1 (swift-6.3.1-RELEASE)",
        interface: String(repeating: "0f", count: 32),
        id: "local-yaml",
        version: "1.0.0"
    )

    @Test func `a note survives being written and read`() throws {
        let descriptor = try Self.note.descriptor()
        #expect(descriptor.count == ModuleNote.descriptorLength)
        #expect(try ModuleNote(descriptor: descriptor) == Self.note)
        let record = try Self.note.record()
        #expect(Array(record[..<28]) == [16, 0, 0, 0, 40, 1, 0, 0, 1, 0, 0, 0] + Array("graphene-target\0".utf8))
        #expect(Array(record[28...]) == descriptor)
    }

    @Test func `a longer note of a later version is read`() throws {
        var bytes = try Self.note.descriptor() + [1, 2, 3, 4]
        #expect(throws: ModuleNoteError.self) { try ModuleNote(descriptor: bytes) }
        bytes[0] += 4
        #expect(try ModuleNote(descriptor: bytes) == Self.note)
    }

    @Test(arguments: [
        (0, 0xff, "field length: says 511 bytes, the note has 296"),
        (8, 0, "field compiler: has bytes after the NUL that ends it"),
        (9, 10, "field compiler: has characters other than printable ASCII"),
        (104, 0xc3, "field interface: has characters other than printable ASCII"),
        (168 + 63, 0x78, "field id: has bytes after the NUL that ends it"),
        (232 + 1, 0, "field version: has bytes after the NUL that ends it"),
    ])
    func `a malformed field is named`(offset: Int, byte: UInt8, text: String) throws {
        var bytes = try Self.note.descriptor()
        bytes[offset] = byte
        let error = try #require(throws: ModuleNoteError.self) { try ModuleNote(descriptor: bytes) }
        #expect(error.description == text)
    }

    @Test func `a short note and an empty field are named`() throws {
        #expect(throws: ModuleNoteError(field: "length", reason: "3 bytes, 296 are expected")) {
            try ModuleNote(descriptor: [3, 0, 0])
        }
        var empty = Self.note
        empty.id = ""
        #expect(throws: ModuleNoteError(field: "id", reason: "is empty")) { try empty.descriptor() }
        empty.id = String(repeating: "x", count: 65)
        #expect(throws: ModuleNoteError(field: "id", reason: "65 bytes, at most 64 fit")) { try empty.descriptor() }
    }

    @Test(arguments: [
        ("id: a-1\nversion: 2.0", nil),
        ("version:1\n\nid:  x \r\n", nil),
        ("", "1: a line is missing, for instance 'id: my-target'"),
        ("id: x\n", "1: a line is missing, for instance 'version: 1.0.0'"),
        ("id: x\nid: y\nversion: 1", "2: expected one line 'id: …' and one line 'version: …'"),
        ("id: x\nname: y", "2: expected one line 'id: …' and one line 'version: …'"),
        (
            "version: 1\nid: My_Target",
            "2: the id must be a DNS-1035 label: lower-case letters, digits and dashes, a letter first"
        ),
        ("version: 1 0", "1: the version must be 1 to 64 characters of ASCII without spaces, for instance 1.0.0"),
    ])
    func `target.note is checked line by line`(text: String, problem: String?) {
        do {
            _ = try NoteFile(parsing: text)
            #expect(problem == nil)
        } catch {
            #expect("\(error.line): \(error.text)" == problem)
        }
    }

    @Test(arguments: [
        ("Swift version 6.3.1 (swift-6.3.1-RELEASE)\nTarget: x", "6.3.1 (swift-6.3.1-RELEASE)"),
        ("swift-driver version: 1.1 Apple Swift version 6.3 (swiftlang-6.3)\nTarget: y", "6.3 (swiftlang-6.3)"),
        ("clang version 21", nil),
    ])
    func `the compiler is named exactly`(output: String, version: String?) {
        #expect(NoteSource.compiler(in: output) == version)
    }
}
