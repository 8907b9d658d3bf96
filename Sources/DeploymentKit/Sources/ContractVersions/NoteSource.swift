/// The Swift source that the build writes for the kit and for every target module.
@frozen
public enum NoteSource {
    /// A constant `note` in the ELF section for notes.
    /// - Throws: `ModuleNoteError` where a field does not fit.
    public static func module(_ note: ModuleNote) throws(ModuleNoteError) -> String {
        let record = try note.record()
        let words = stride(from: 0, to: record.count, by: 4).map { LittleEndian.integer(record[$0..<($0 + 4)]) }
        let rows = stride(from: 0, to: words.count, by: 9).map { start in
            "    " + words[start..<min(start + 9, words.count)].map(hexadecimal).joined(separator: ", ")
        }
        let type = Array(repeating: "UInt32", count: words.count).joined(separator: ", ")
        return """
            // \(note.id) \(note.version), contract \(note.contract), Swift \(note.compiler)
            @section("\(ModuleNote.section)") @used let note: (\(type)) = (
            \(rows.joined(separator: ",\n"))
            )

            """
    }

    /// A constant with the compiler that builds the kit.
    public static func kit(compiler: String) -> String { "let kitCompiler = \"\(compiler)\"\n" }

    /// The exact version within what `swiftc --version` prints, for instance `6.3.1 (swift-6.3.1-RELEASE)`.
    public static func compiler(in output: String) -> String? {
        let marker = Array("Swift version ")
        for line in output.split(separator: "\n") {
            let characters = Array(line)
            guard characters.count > marker.count else { continue }
            let starts = 0..<(characters.count - marker.count)
            guard let start = starts.first(where: { characters[$0...].starts(with: marker) }) else { continue }
            return String(characters[(start + marker.count)...])
        }
        return nil
    }

    private static func hexadecimal(_ word: UInt32) -> String {
        let digits = String(word, radix: 16)
        return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}
