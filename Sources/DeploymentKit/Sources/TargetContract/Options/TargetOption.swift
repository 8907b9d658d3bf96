/// Something a target asks its user for. Forms, command lines and the API schema are made of these.
public struct TargetOption: Sendable, Hashable, Codable {
    /// How a value is written and checked.
    @frozen
    public enum Kind: Sendable, Hashable, Codable {
        /// One line.
        case text
        /// Several lines, pasted or read from a file.
        case document
        case integer(minimum: Int, maximum: Int)
        case boolean
        /// One of the values.
        case choice([String])
        /// An amount as Kubernetes writes it, for instance `1Gi`.
        case quantity
    }

    /// Lower-case letters, digits and dashes; unique within the manifest.
    public var name: String
    /// How a value is written and checked.
    public var kind: Kind
    /// What a form calls it.
    public var label: String
    /// One sentence for people who see the option for the first time.
    public var help: String
    /// Whether there must be a value.
    public var isRequired: Bool
    /// Kept in wiped memory, never shown, stored or logged.
    public var isSecret: Bool
    /// Folded away in forms.
    public var isAdvanced: Bool
    /// The value where the user gives none; nil for no value.
    public var defaultValue: String?
    /// When the option counts; nil for always.
    public var appliesWhen: OptionCondition?
    /// Whether the target, as `OptionChoosing`, can list values. Others may be given all the same.
    public var hasChoices: Bool
    /// What the host fills in of whom a deployment is for; nil for what users are asked. Forms do not show the option,
    /// and no value is taken from anybody else. On the command line, where nobody has signed in, it is given like others.
    public var userAttribute: UserAttribute?

    /// Takes over the parts as they are.
    public init(
        name: String,
        kind: Kind,
        label: String,
        help: String,
        isRequired: Bool = false,
        isSecret: Bool = false,
        isAdvanced: Bool = false,
        defaultValue: String? = nil,
        appliesWhen: OptionCondition? = nil,
        hasChoices: Bool = false,
        userAttribute: UserAttribute? = nil
    ) {
        self.name = name
        self.kind = kind
        self.label = label
        self.help = help
        self.isRequired = isRequired
        self.isSecret = isSecret
        self.isAdvanced = isAdvanced
        self.defaultValue = defaultValue
        self.appliesWhen = appliesWhen
        self.hasChoices = hasChoices
        self.userAttribute = userAttribute
    }
}
