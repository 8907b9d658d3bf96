public import Documents

/// Whether two values mean the same to the API server, which writes amounts in a form of its own.
enum ScalarComparison {
    static func isEqual(_ desired: Document, _ live: Document?, at path: DocumentPath) -> Bool {
        guard let live else { return desired.isNull }
        if desired == live { return true }
        if case .number(let left) = desired, case .number(let right) = live { return left.double == right.double }
        guard isAmount(path), let left = Quantity(desired), let right = Quantity(live) else { return false }
        return left == right
    }

    private static func isAmount(_ path: DocumentPath) -> Bool {
        path.steps.contains(.key("resources")) || path.steps.contains(.key("hard"))
    }
}

/// An amount in its canonical sense (Kubernetes API, `resource.Quantity`): `1`, `1000m` and `1e0` are equal.
public struct Quantity: Sendable, Hashable, Comparable {
    /// In thousandths.
    public let thousandths: Double

    /// Nil for anything that is no amount.
    public init?(_ document: Document) {
        switch document {
        case .string(let text): self.init(text)
        case .number(let number): self.init(number.text)
        default: return nil
        }
    }

    /// Reads `500Mi`, `2`, `100m`, `1.5`, `1e3`.
    public init?(_ text: String) {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || "+-.".contains($0)) }
        let suffix = String(text[digits.endIndex...])
        if let factor = Self.factors[suffix], let value = Double(digits) {
            thousandths = (value * factor * 1_000).rounded()
        } else if let value = Double(text), value.isFinite {
            thousandths = (value * 1_000).rounded()
        } else {
            return nil
        }
    }

    /// Whether the left amount is smaller.
    public static func < (left: Quantity, right: Quantity) -> Bool { left.thousandths < right.thousandths }

    private static let factors: [String: Double] = [
        "": 1, "n": 1e-9, "u": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
        "Ki": 1_024, "Mi": 1_048_576, "Gi": 1_073_741_824, "Ti": 1_099_511_627_776, "Pi": 1_125_899_906_842_624,
        "Ei": 1_152_921_504_606_846_976,
    ]
}
