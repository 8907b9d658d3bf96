/// That somebody asked `OptionValues` for a value; see `OptionValues.observed(by:)`.
public struct OptionReading: Sendable, Hashable {
    /// How the value was asked for: by which function of `OptionValues`.
    @frozen
    public enum Form: String, Sendable {
        case text, integer, boolean, secret
    }

    /// The name that was asked for, also one that is no option.
    public var option: String
    /// How it was asked for.
    public var form: Form

    /// Takes over the parts as they are.
    public init(option: String, form: Form) {
        self.option = option
        self.form = form
    }
}
