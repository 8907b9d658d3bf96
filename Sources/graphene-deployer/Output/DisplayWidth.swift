extension String {
    /// How many columns of a terminal the text takes, as wcwidth(3) counts: two for what is East Asian and wide or an
    /// emoji, none for what is put on the character before.
    var displayWidth: Int { unicodeScalars.reduce(0) { $0 + $1.columns } }

    /// As much of the beginning as fits into so many columns.
    func prefix(columns: Int) -> String {
        var rest = columns
        var end = startIndex
        while end < endIndex {
            let width = self[end].unicodeScalars.reduce(0) { $0 + $1.columns }
            guard width <= rest else { break }
            rest -= width
            end = index(after: end)
        }
        return String(self[..<end])
    }

    /// The text with blanks behind it, so that it takes so many columns at least.
    func padded(to columns: Int) -> String { self + String(repeating: " ", count: max(0, columns - displayWidth)) }
}

extension Unicode.Scalar {
    fileprivate var columns: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: 0
        default: Self.wide.contains { $0.contains(value) } ? 2 : 1
        }
    }

    /// The blocks whose characters are wide (Unicode, East_Asian_Width), roughly.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
        0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
    ]
}
