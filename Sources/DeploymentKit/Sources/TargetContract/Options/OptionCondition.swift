/// When an option counts: while another option has one of some values.
///
/// The other option is a choice or a boolean, stands before this one in the manifest, and is not secret.
public struct OptionCondition: Sendable, Hashable, Codable {
    /// The name of the other option.
    public var option: String
    /// The values it may have; at least one.
    public var values: [String]

    /// Takes over the parts as they are.
    public init(option: String, values: [String]) {
        self.option = option
        self.values = values
    }

    /// While the other option has that value.
    public init(_ option: String, is value: String) { self.init(option: option, values: [value]) }
}

extension TargetOption {
    /// The options that count with these values, in their order; see `OptionValues`.
    public static func applying(_ options: [TargetOption], given values: [String: String]) -> [TargetOption] {
        OptionSelection(values, of: options).applying
    }
}
