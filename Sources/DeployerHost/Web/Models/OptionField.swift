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

    /// One of several values.
    struct Choice: Sendable {
        let choice: String
        let choiceWord: String
        let isSelected: Bool
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
    init(_ option: TargetOption, given: String?, error: String?, held: Double?) {
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
        switch option.kind {
        case .text where option.isSecret: isPassword = true
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
    init(
        _ options: [TargetOption],
        values: [String: String],
        errors: [String: String] = [:],
        held: Set<String> = [],
        heldUntil: Double = 0
    ) {
        let field = { (option: TargetOption) in
            OptionField(
                option,
                given: values[option.name],
                error: errors[option.name],
                held: held.contains(option.name) ? heldUntil : nil
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
