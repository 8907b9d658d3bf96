/// What a target module says of itself in an ELF note, where it can be read without running the module.
///
/// The descriptor of the note is, in little-endian order: its own length and the contract version (32 bits each),
/// then the text fields in ASCII, padded with NUL to a fixed width. Later versions may append fields.
public struct ModuleNote: Sendable, Hashable {
    /// The contract version that the module was built for.
    public var contract: UInt32
    /// The exact compiler, for instance `6.3.1 (swift-6.3.1-RELEASE)`.
    public var compiler: String
    /// The digest of the kit's public interface, as in `ContractVersion`.
    public var interface: String
    /// The id of the target.
    public var id: String
    /// The version of the module.
    public var version: String

    /// Takes over the parts as they are.
    public init(contract: UInt32, compiler: String, interface: String, id: String, version: String) {
        self.contract = contract
        self.compiler = compiler
        self.interface = interface
        self.id = id
        self.version = version
    }
}

extension ModuleNote {
    /// The name of the note; the section is called `.note.` and this.
    public static let owner = "graphene-target"
    /// The name of the section that holds the note.
    public static let section = ".note.graphene-target"
    /// The type of the note.
    public static let type: UInt32 = 1
    /// How many bytes of a note record precede the descriptor.
    public static let headerLength = 28
    /// How many bytes a descriptor of this version has.
    public static let descriptorLength = 296

    /// The note as ELF lays it out (System V ABI, "Note Section"): three lengths and type, name, descriptor.
    /// - Throws: `ModuleNoteError` where a field does not fit.
    public func record() throws(ModuleNoteError) -> [UInt8] {
        let name = Array(Self.owner.utf8) + [0]
        let descriptor = try descriptor()
        let header = [UInt32(name.count), UInt32(descriptor.count), Self.type]
        return header.flatMap(LittleEndian.bytes) + name + descriptor
    }

    /// The descriptor alone.
    /// - Throws: `ModuleNoteError` where a field does not fit.
    public func descriptor() throws(ModuleNoteError) -> [UInt8] {
        var bytes = LittleEndian.bytes(UInt32(Self.descriptorLength)) + LittleEndian.bytes(contract)
        for (field, value) in zip(NoteField.all, [compiler, interface, id, version]) {
            bytes += try field.bytes(of: value)
        }
        return bytes
    }

    /// Reads a descriptor.
    /// - Throws: `ModuleNoteError` that names the malformed field.
    public init(descriptor bytes: [UInt8]) throws(ModuleNoteError) {
        guard bytes.count >= Self.descriptorLength else {
            throw ModuleNoteError(
                field: "length", reason: "\(bytes.count) bytes, \(Self.descriptorLength) are expected")
        }
        let length = LittleEndian.integer(bytes[0..<4])
        guard length == bytes.count else {
            throw ModuleNoteError(field: "length", reason: "says \(length) bytes, the note has \(bytes.count)")
        }
        contract = LittleEndian.integer(bytes[4..<8])
        compiler = try NoteField.compiler.text(in: bytes)
        interface = try NoteField.interface.text(in: bytes)
        id = try NoteField.id.text(in: bytes)
        version = try NoteField.version.text(in: bytes)
    }
}

/// A field of a note that cannot be read or written.
public struct ModuleNoteError: Error, Sendable, Hashable, CustomStringConvertible {
    /// For instance `compiler`.
    public let field: String
    /// What is wrong with it.
    public let reason: String

    /// Takes over the parts as they are.
    public init(field: String, reason: String) {
        self.field = field
        self.reason = reason
    }

    /// The field and the reason, as one phrase.
    public var description: String { "field \(field): \(reason)" }
}
