internal import TargetContract

/// The options of a form that was sent, with the secrets that the host still has of its draft.
struct FilledOptions {
    /// All values, secrets included.
    private(set) var values: [String: String] = [:]
    /// The name of the draft that holds the secrets; nil where there are none.
    private(set) var draft: String?
    private var held: Set<String> = []
    private var heldUntil = 0.0
    private var errors: [String: String] = [:]
    private var listed: [String: [OptionChoice]] = [:]

    /// Nothing was filled in.
    init() {}

    init(_ form: PageForm, options: [TargetOption], drafts: DraftStore, session: Session) async throws {
        let given = try form.options(options)
        values = await drafts.secrets(form.draft, for: session).merging(given) { _, new in new }
        let names = Set(options.filter(\.isSecret).map(\.name))
        let secrets = values.filter { names.contains($0.key) }
        await drafts.forget(form.draft, for: session)
        guard !secrets.isEmpty else { return }
        (draft, heldUntil) = await drafts.hold(secrets, for: session)
        held = Set(secrets.keys)
    }

    /// Notes what is wrong, to be shown at the fields. A secret that is wrong is not kept.
    mutating func take(_ error: OptionProblems) {
        errors = Dictionary(error.problems.map { ($0.option, $0.text) }, uniquingKeysWith: { first, _ in first })
        held.subtract(errors.keys)
    }

    /// Notes why the values of an option could not be listed, to be read where they were asked for.
    mutating func take(_ problem: Problem, listing option: String) {
        let sentences = [problem.title, problem.detail, problem.remedy].compactMap(\.self)
        errors[option] = sentences.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }.joined(separator: ". ")
    }

    /// Notes the values that the target has listed for an option.
    mutating func list(_ choices: [OptionChoice], of option: String) { listed[option] = choices }

    /// The form as it comes back.
    func form(_ options: [TargetOption]) -> OptionForm {
        OptionForm(options, values: values, errors: errors, held: held, heldUntil: heldUntil, listed: listed)
    }
}
