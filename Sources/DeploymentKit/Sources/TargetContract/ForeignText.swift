/// Words of somebody else, made fit for an error or an event.
public enum ForeignText {
    /// The text in one line without control and format characters, and without the full stop that `TargetError` adds.
    /// - Parameter limit: how many characters (Unicode scalars) of the text are looked at.
    /// - Returns: nil where nothing is left.
    public static func line(_ text: String, limit: Int = 300) -> String? {
        let scalars = text.unicodeScalars.prefix(limit).map { scalar in
            let category = scalar.properties.generalCategory
            return category == .control || category == .format ? " " : scalar
        }
        let words = String(String.UnicodeScalarView(scalars)).split(separator: " ").joined(separator: " ")
        return words.isEmpty ? nil : words.hasSuffix(".") ? String(words.dropLast()) : words
    }
}
