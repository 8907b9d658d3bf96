/// A JSON number as it was written (RFC 8259, section 6).
public struct NumberLiteral: Sendable, Hashable {
    /// The digits, for instance `-1.50e3`.
    public let text: String

    /// A whole number.
    public init(_ value: Int) { text = String(value) }

    /// A finite number; nil for infinities and NaN, which JSON cannot write.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        if value == value.rounded(), abs(value) < 1e15 {
            text = String(Int64(value))
        } else {
            text = value.description
        }
    }

    /// For readers that have checked the grammar already.
    init(checked text: String) { self.text = text }

    /// The value, where it is written without fraction and exponent and fits.
    public var integer: Int? { Int(text) }

    /// The nearest double; nil where the text is none that Swift reads.
    public var double: Double? { Double(text) }
}
