/// When something was, seen from now, in one unit: `just now`, `42 s ago`, `3 min ago`, `2 h ago`, `5 d ago`; what is
/// still to come is `in 3 min`.
package enum AgeText {
    /// - Parameters:
    ///   - time: seconds since 1970.
    ///   - now: seconds since 1970.
    package static func text(of time: Double, at now: Double) -> String {
        let age = now - time
        guard age.isFinite else { return "at an unknown time" }
        let amount = amount(ofSeconds: Int(min(abs(age), longest)))
        guard let amount else { return "just now" }
        return age < 0 ? "in \(amount)" : "\(amount) ago"
    }

    /// Nil for what is too little to be told: clocks of two machines differ by that much, too.
    private static func amount(ofSeconds seconds: Int) -> String? {
        switch seconds {
        case ..<10: nil
        case ..<60: "\(seconds) s"
        case ..<3_600: "\(seconds / 60) min"
        case ..<86_400: "\(seconds / 3_600) h"
        default: "\(seconds / 86_400) d"
        }
    }

    /// About three thousand years: longer ones are clock errors, and must not overflow.
    private static let longest = 1e11
}
