/// A text that is not the document it should be: what is wrong, and where.
public struct DocumentError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Which grammar or shape was expected.
    @frozen
    public enum Format: String, Sendable {
        case json = "JSON"
        case yaml = "YAML"
    }

    /// Which format was read.
    public var format: Format
    /// What is wrong, as a phrase: `the object has two members "name"`.
    public var reason: String
    /// Counted from 1; nil where the whole text is meant.
    public var position: DocumentPosition?

    /// Takes over the parts as they are.
    public init(format: Format, reason: String, position: DocumentPosition?) {
        self.format = format
        self.reason = reason
        self.position = position
    }

    /// Format, place and reason, as one phrase.
    public var description: String {
        guard let position else { return "not acceptable \(format.rawValue): \(reason)" }
        return "not acceptable \(format.rawValue) at \(position): \(reason)"
    }
}

/// A place in a text; lines and columns count from 1, columns in characters of the text's encoding unit.
public struct DocumentPosition: Sendable, Hashable, CustomStringConvertible {
    /// Counted from 1.
    public var line: Int
    /// Counted from 1.
    public var column: Int

    /// Takes over the parts as they are.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// `line 3, column 5`.
    public var description: String { "line \(line), column \(column)" }
}
