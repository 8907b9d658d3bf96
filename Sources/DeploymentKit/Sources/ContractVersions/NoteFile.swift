/// The file `target.note` beside the entry of a target module: one line `id: <label>`, one line `version: <version>`.
public struct NoteFile: Sendable, Hashable {
    /// The target's id.
    public let id: String
    /// The module's own version.
    public let version: String

    /// Reads the text of the file; empty lines are skipped.
    /// - Throws: `NoteFileError` with the line that is wrong.
    public init(parsing text: String) throws(NoteFileError) {
        var values: [String: String] = [:]
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let pair = line.split(separator: ":", maxSplits: 1).map(Self.trimmed)
            guard line.contains(where: { $0 != " " }) else { continue }
            guard pair.count == 2, ["id", "version"].contains(pair[0]), values[pair[0]] == nil else {
                throw NoteFileError(line: index + 1, text: "expected one line 'id: …' and one line 'version: …'")
            }
            if let problem = Self.problem(of: pair[0], with: pair[1]) {
                throw NoteFileError(line: index + 1, text: problem)
            }
            values[pair[0]] = pair[1]
        }
        guard let id = values["id"], let version = values["version"] else {
            let missing = values["id"] == nil ? "id: my-target" : "version: 1.0.0"
            throw NoteFileError(line: 1, text: "a line is missing, for instance '\(missing)'")
        }
        self.id = id
        self.version = version
    }

    private static func problem(of key: String, with value: String) -> String? {
        if key == "id" {
            return TargetLabel.isValid(value)
                ? nil : "the id must be a DNS-1035 label: lower-case letters, digits and dashes, a letter first"
        }
        let isPlain = value.utf8.allSatisfy { (0x21...0x7e).contains($0) }
        return isPlain && !value.isEmpty && value.utf8.count <= 64
            ? nil : "the version must be 1 to 64 characters of ASCII without spaces, for instance 1.0.0"
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0 == " " || $0 == "\t" }
        guard let last = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return String(start[...last])
    }
}

/// A line of `target.note` that cannot be used.
public struct NoteFileError: Error, Sendable, Hashable {
    /// Counts from 1.
    public let line: Int
    /// What is wrong with the line.
    public let text: String

    /// Takes over the parts as they are.
    public init(line: Int, text: String) {
        self.line = line
        self.text = text
    }
}
