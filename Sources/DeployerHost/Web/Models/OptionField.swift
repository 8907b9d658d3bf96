internal import Documents
internal import TargetContract

/// One option of a target as a field of a form. Values of secret options are never in it.
struct OptionField: Sendable {
    let optionName: String
    let fieldID: String
    let label: String
    let help: String
    let isRequired: Bool
    let isSecret: Bool
    var isText = false
    var isPassword = false
    var isDocument = false
    var isInteger = false
    var isBoolean = false
    var isChoice = false
    var isQuantity = false
    var minimum: String?
    var maximum: String?
    var range: String?
    var isChecked = false
    var choices: [Choice] = []
    let value: String?
    let fieldError: String?
    let held: Held?
    /// When the field counts; nil for always.
    let applies: Applies?
    /// Whether the host can be asked for values.
    let isLookup: Bool
    /// Whether it was asked; then `choices` are what it said.
    var isListed = false
    /// Whether it said that there is none.
    var isListEmpty = false

    /// When a field counts, for scripts and, without them, for people.
    struct Applies: Sendable {
        let appliesOption: String
        /// A list in JSON.
        let appliesValues: String
        let appliesHint: String

        init(_ condition: OptionCondition, label: String) {
            appliesOption = condition.option
            appliesValues = Document.array(condition.values.map(Document.string)).jsonText()
            appliesHint = "\(label): \(condition.values.joined(separator: " or "))"
        }
    }

    /// One of several values.
    struct Choice: Sendable {
        let choice: String
        let choiceWord: String
        let isSelected: Bool
        var isUnavailable = false
    }

    /// A secret that the host still has.
    struct Held: Sendable {
        let heldUntil: String
        let heldClock: String

        init(until time: Double) {
            heldUntil = TimeText.text(time)
            heldClock = "\(MomentText.clock(time).prefix(5)) UTC"
        }
    }

    /// - Parameters:
    ///   - given: what the user gave, or should be given to start with; nil for the default.
    ///   - error: what is wrong with it.
    ///   - held: until when the host has the secret value, in seconds since 1970.
    ///   - decider: the option that the field's condition names.
    ///   - listed: the values that the target has listed; nil where it was not asked.
    init(
        _ option: TargetOption,
        given: String?,
        error: String?,
        held: Double?,
        decider: TargetOption? = nil,
        listed: [OptionChoice]? = nil
    ) {
        optionName = option.name
        fieldID = Self.id(of: option.name)
        label = option.label
        help = option.help
        isRequired = option.isRequired
        isSecret = option.isSecret
        let current = given ?? option.defaultValue
        value = option.isSecret ? nil : current
        fieldError = error
        self.held = option.isSecret ? held.map(Held.init) : nil
        applies = option.appliesWhen.map { Applies($0, label: decider?.label ?? $0.option) }
        isLookup = option.hasChoices && !option.isSecret
        switch option.kind {
        case .text where option.isSecret: isPassword = true
        case .text where listed?.isEmpty == false:
            isListed = true
            choices = Self.choices(listed ?? [], current: current ?? "")
        case .text: isText = true
        case .document: isDocument = true
        case .integer(let minimum, let maximum):
            isInteger = true
            self.minimum = "\(minimum)"
            self.maximum = "\(maximum)"
            range = "A whole number from \(minimum) to \(maximum)."
        case .boolean:
            isBoolean = true
            isChecked = current == "true"
        case .choice(let names):
            isChoice = true
            let none = option.isRequired || option.defaultValue != nil ? [] : [""]
            choices = (none + names).map { name in
                Choice(choice: name, choiceWord: name.isEmpty ? "not set" : name, isSelected: name == current ?? "")
            }
        case .quantity: isQuantity = true
        }
        isListEmpty = listed?.isEmpty ?? false
    }

    /// What was listed, behind what the field has now and nobody listed.
    private static func choices(_ listed: [OptionChoice], current: String) -> [Choice] {
        let own = Choice(choice: current, choiceWord: current.isEmpty ? "not set" : current, isSelected: true)
        let others = listed.map { choice in
            let help = choice.help.flatMap { $0.isEmpty ? nil : " (\($0))" } ?? ""
            return Choice(
                choice: choice.value,
                choiceWord: choice.label + help,
                isSelected: choice.value == current,
                isUnavailable: !choice.isAvailable && choice.value != current
            )
        }
        return others.contains(where: \.isSelected) ? others : [own] + others
    }

    /// The id of an option's field in a page.
    static func id(of option: String) -> String { "option-\(option)" }
}

/// All options of a target as a form.
struct OptionForm: Sendable {
    let hasOptions: Bool
    let fields: [OptionField]
    let advanced: Advanced?

    /// The options that most people leave alone.
    struct Advanced: Sendable {
        let isOpen: Bool
        let advancedCount: String
        let advancedFields: [OptionField]
    }

    /// - Parameters:
    ///   - values: by name, without secrets.
    ///   - errors: what is wrong, by name.
    ///   - held: the names of secrets that the host still has.
    ///   - heldUntil: until when it has them.
    ///   - listed: the values that the target has listed, by name.
    init(
        _ options: [TargetOption],
        values: [String: String],
        errors: [String: String] = [:],
        held: Set<String> = [],
        heldUntil: Double = 0,
        listed: [String: [OptionChoice]] = [:]
    ) {
        let field = { (option: TargetOption) in
            OptionField(
                option,
                given: values[option.name],
                error: errors[option.name],
                held: held.contains(option.name) ? heldUntil : nil,
                decider: option.appliesWhen.flatMap { condition in options.first { $0.name == condition.option } },
                listed: listed[option.name]
            )
        }
        hasOptions = !options.isEmpty
        fields = options.filter { !$0.isAdvanced }.map(field)
        let folded = options.filter(\.isAdvanced)
        let isOpen = folded.contains { errors[$0.name] != nil }
        let count = "\(folded.count) option\(folded.count == 1 ? "" : "s")"
        advanced =
            folded.isEmpty
            ? nil : Advanced(isOpen: isOpen, advancedCount: count, advancedFields: folded.map(field))
    }
}
