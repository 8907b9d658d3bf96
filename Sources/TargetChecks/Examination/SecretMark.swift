internal import TargetContract

/// A text that occurs nowhere by chance, given as a secret.
struct SecretMark {
    /// The option that it is given for.
    let option: String

    /// The mark itself.
    var text: String { "c0nf0rmance-s3cret-0f-\(option)-b51e" }

    /// The mark in forms that a target may try to read.
    func values(of kind: TargetOption.Kind) -> [String] {
        kind == .document ? [text, "password: \(text)\n", "{\"password\": \"\(text)\"}"] : [text]
    }
}
