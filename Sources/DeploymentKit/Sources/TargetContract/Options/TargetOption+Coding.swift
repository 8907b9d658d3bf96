extension TargetOption.Kind {
    private enum Key: String, CodingKey {
        case type, minimum, maximum, choices
    }

    private enum Name: String, Codable {
        case text, document, integer, boolean, choice, quantity
    }

    /// `{"type": "choice", "choices": ["a", "b"]}`, `{"type": "integer", "minimum": 1, "maximum": 9}`, `{"type": "text"}`.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Key.self)
        switch self {
        case .text: try members.encode(Name.text, forKey: .type)
        case .document: try members.encode(Name.document, forKey: .type)
        case .boolean: try members.encode(Name.boolean, forKey: .type)
        case .quantity: try members.encode(Name.quantity, forKey: .type)
        case .integer(let minimum, let maximum):
            try members.encode(Name.integer, forKey: .type)
            try members.encode(minimum, forKey: .minimum)
            try members.encode(maximum, forKey: .maximum)
        case .choice(let choices):
            try members.encode(Name.choice, forKey: .type)
            try members.encode(choices, forKey: .choices)
        }
    }

    /// Reads what `encode(to:)` writes.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Key.self)
        switch try members.decode(Name.self, forKey: .type) {
        case .text: self = .text
        case .document: self = .document
        case .boolean: self = .boolean
        case .quantity: self = .quantity
        case .choice: self = .choice(try members.decode([String].self, forKey: .choices))
        case .integer:
            let minimum = try members.decode(Int.self, forKey: .minimum)
            self = .integer(minimum: minimum, maximum: try members.decode(Int.self, forKey: .maximum))
        }
    }
}

extension TargetOption {
    private enum Key: String, CodingKey {
        case name, kind, label, help, isRequired, isSecret, isAdvanced, defaultValue, appliesWhen, hasChoices,
            userAttribute
    }

    /// An object with the members of the struct; those without a value are left out.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Key.self)
        try members.encode(name, forKey: .name)
        try members.encode(kind, forKey: .kind)
        try members.encode(label, forKey: .label)
        try members.encode(help, forKey: .help)
        try members.encode(isRequired, forKey: .isRequired)
        try members.encode(isSecret, forKey: .isSecret)
        try members.encode(isAdvanced, forKey: .isAdvanced)
        try members.encodeIfPresent(defaultValue, forKey: .defaultValue)
        try members.encodeIfPresent(appliesWhen, forKey: .appliesWhen)
        try members.encode(hasChoices, forKey: .hasChoices)
        try members.encodeIfPresent(userAttribute, forKey: .userAttribute)
    }

    /// Reads what `encode(to:)` writes, also where `hasChoices` is missing: hosts of before do not tell.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Key.self)
        self.init(
            name: try members.decode(String.self, forKey: .name),
            kind: try members.decode(Kind.self, forKey: .kind),
            label: try members.decode(String.self, forKey: .label),
            help: try members.decode(String.self, forKey: .help),
            isRequired: try members.decode(Bool.self, forKey: .isRequired),
            isSecret: try members.decode(Bool.self, forKey: .isSecret),
            isAdvanced: try members.decode(Bool.self, forKey: .isAdvanced),
            defaultValue: try members.decodeIfPresent(String.self, forKey: .defaultValue),
            appliesWhen: try members.decodeIfPresent(OptionCondition.self, forKey: .appliesWhen),
            hasChoices: try members.decodeIfPresent(Bool.self, forKey: .hasChoices) ?? false,
            userAttribute: try members.decodeIfPresent(UserAttribute.self, forKey: .userAttribute)
        )
    }
}
