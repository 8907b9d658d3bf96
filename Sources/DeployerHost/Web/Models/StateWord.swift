/// States as words for people.
enum StateWord {
    /// With a capital letter: `Queued`, `Running`.
    static func text(_ state: String) -> String { state.prefix(1).uppercased() + state.dropFirst() }
}
