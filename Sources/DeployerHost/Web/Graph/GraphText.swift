/// How wide texts are, before any browser has set them.
///
/// Texts are set in a monospaced font and counted in columns. The width of a column and the columns of wide letters are
/// upper bounds over the usual fonts, so that a text that fits here fits everywhere.
enum GraphText {
    /// The width of a column in parts of the font size: DejaVu Sans Mono and Menlo have 0.602, SF Mono 0.618.
    static let columnWidth = 0.62

    /// The width of a text at a font size.
    static func width(_ text: String, size: Double) -> Double {
        Double(text.unicodeScalars.reduce(0) { $0 + (columns(of: $1) ?? 1) }) * size * columnWidth
    }

    /// The text, or as much of its beginning as fits with an ellipsis behind it. A letter for which no bound is known
    /// becomes U+FFFD.
    static func fitted(_ text: String, width: Double, size: Double) -> String {
        let room = max(1, Int(width / (size * columnWidth) + 0.001))
        var shown = String.UnicodeScalarView()
        var used = 0
        var cut: String.UnicodeScalarView?
        for scalar in text.unicodeScalars {
            let columns = columns(of: scalar) ?? 1
            if used + columns > room - 1, cut == nil { cut = shown }
            used += columns
            guard used <= room else { return String(cut ?? shown) + "…" }
            shown.append(self.columns(of: scalar) == nil ? "\u{FFFD}" : scalar)
        }
        return String(shown)
    }

    /// Nil where fonts differ too much, or where it is no letter at all. Marks that combine count like letters, which
    /// keeps heaps of them short.
    private static func columns(of scalar: UnicodeScalar) -> Int? {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x52F, 0x1E00...0x1FFF: 1
        case 0x2010...0x2027, 0x2030...0x205E: 1
        case 0x2190...0x21FF, 0x2200...0x22FF, 0x531...0x6FF: 2
        case 0x900...0x11FF: 3
        case 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60: 2
        case 0x1F300...0x1FAFF: 3
        default: nil
        }
    }
}
