/// How long something took, in at most two units: `2.4 s`, `42 s`, `3 min 20 s`, `1 h 4 min`, `2 d 3 h`.
package enum DurationText {
    /// What has passed of the smaller unit is cut off, never rounded up. Negative durations and such as are no number
    /// count as none.
    package static func text(seconds: Double) -> String {
        // By way of whole milliseconds, so that 0.3 is three tenths.
        let milliseconds = Int((min(max(0, seconds.isNaN ? 0 : seconds), longest) * 1_000).rounded())
        let tenths = milliseconds / 100
        guard tenths >= 100 else { return "\(tenths / 10).\(tenths % 10) s" }
        return text(wholeSeconds: milliseconds / 1_000)
    }

    private static func text(wholeSeconds seconds: Int) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3_600: joined(seconds / 60, "min", seconds % 60, "s")
        case ..<86_400: joined(seconds / 3_600, "h", seconds / 60 % 60, "min")
        default: joined(seconds / 86_400, "d", seconds / 3_600 % 24, "h")
        }
    }

    private static func joined(_ large: Int, _ unit: String, _ small: Int, _ smallUnit: String) -> String {
        small == 0 ? "\(large) \(unit)" : "\(large) \(unit) \(small) \(smallUnit)"
    }

    /// About three thousand years: longer ones are clock errors, and must not overflow.
    private static let longest = 1e11
}
