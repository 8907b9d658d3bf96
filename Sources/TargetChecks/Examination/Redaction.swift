internal import TargetContract

/// Takes secrets out of what a report says: those of options, whatever a target makes of them, the marks given in their
/// place, and those that the suite was told of.
struct Redaction {
    private let needles: [SecretNeedle]

    /// Shorter values of options are part of too many words.
    private static let shortest = 4

    init(_ input: ConformanceInput, _ options: [TargetOption]) {
        let secret = options.filter(\.isSecret)
        let given = secret.flatMap { input.values(of: $0.name) }.flatMap(Self.parts)
        let marks = secret.map { SecretMark(option: $0.name).text }
        let known = input.secrets.filter { $0.utf8.count >= Self.shortest }
        needles = (known + given + marks).map { SecretNeedle("a secret", $0) }
    }

    /// The check with `<redacted>` in the place of each secret.
    func clean(_ check: ConformanceReport.Check) -> ConformanceReport.Check {
        var check = check
        check.seen = clean(check.seen)
        check.findings = check.findings.map {
            ConformanceReport.Finding(
                expected: clean($0.expected), seen: clean($0.seen), remedy: clean($0.remedy))
        }
        return check
    }

    private func clean(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var isSecret = [Bool](repeating: false, count: bytes.count)
        for place in needles.flatMap({ $0.places(in: bytes) }) {
            for index in place { isSecret[index] = true }
        }
        guard isSecret.contains(true) else { return text }
        var result: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if !isSecret[index] {
                result.append(byte)
            } else if index == 0 || !isSecret[index - 1] {
                result += Array("<redacted>".utf8)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The whole; of a document also the words that look like keys, tokens and passwords.
    private static func parts(of value: String) -> [String] {
        guard value.utf8.count >= shortest else { return [] }
        guard value.contains(where: \.isNewline) || value.utf8.count > 256 else { return [value] }
        let words = value.split { $0.isWhitespace || "\"',:={}[]".contains($0) }.filter { word in
            word.utf8.count >= 8 && word.contains(where: \.isLetter) && word.contains(where: \.isNumber)
        }
        return [value] + words.map(String.init) + SecretNeedle.words(in: value)
    }
}
