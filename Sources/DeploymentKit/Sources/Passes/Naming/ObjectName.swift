internal import Secrets

/// Names of Kubernetes objects made of names that people gave.
///
/// A Service needs a DNS-1035 label: at most 63 of `a-z`, `0-9` and `-`, a letter in front, no `-` at the end.
@frozen
public enum ObjectName {
    /// The longest name this type makes: 63 less the suffix `webui` of a node's second Service.
    public static let maximumRepairedLength = 58
    static let maximumLength = 63

    /// Whether a name can be used as it is.
    public static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first), name.utf8.last != UInt8(ascii: "-") else { return false }
        return name.utf8.count <= maximumLength
            && name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }

    /// A valid name for any text: unchanged where valid, in lower case where that is all it takes, else folded to the
    /// permitted characters with a dash and hexadecimal digits of the text's SHA-256 behind it.
    /// - Parameter isTaken: asked for each candidate; the hash grows until a name is free.
    public static func repairing(_ text: String, fallback: String, isTaken: (String) -> Bool = { _ in false }) -> String
    {
        let lowered = asciiLowercased(text)
        if isValid(lowered), !isTaken(lowered) { return lowered }
        var stem = folded(text)
        if stem.isEmpty { stem = fallback }
        if let first = stem.utf8.first, isDigit(first) { stem = "n" + stem }
        let hash = SHA256(hashing: text.utf8).hex
        for length in stride(from: 6, through: 40, by: 2) {
            let kept = String(stem.prefix(maximumRepairedLength - length - 1)).trimmingTrailingDashes()
            let candidate = "\(kept)-\(hash.prefix(length))"
            if !isTaken(candidate) { return candidate }
        }
        return "n" + hash.prefix(maximumRepairedLength - 1)
    }

    /// Whether a name needs more than a change of case.
    static func needsRepair(_ text: String) -> Bool { !isValid(asciiLowercased(text)) }

    /// Lower case of `A-Z` only: the same on every machine, whatever its locale.
    static func asciiLowercased(_ text: String) -> String {
        String(
            decoding: text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 },
            as: UTF8.self)
    }

    private static func folded(_ text: String) -> String {
        var name = ""
        for scalar in text.unicodeScalars {
            let replacement = transliterations[scalar] ?? asciiLowercased(String(scalar))
            if replacement.utf8.allSatisfy({ isLetter($0) || isDigit($0) }) {
                name += replacement
            } else if !name.isEmpty, name.utf8.last != UInt8(ascii: "-") {
                name += "-"
            }
        }
        return name.trimmingTrailingDashes()
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Letters of western European languages, as their speakers write them without diacritics.
    private static let transliterations: [Unicode.Scalar: String] = {
        var table: [Unicode.Scalar: String] = [
            "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue", "ß": "ss", "æ": "ae", "Æ": "ae",
            "œ": "oe",
        ]
        for (letters, ascii) in [
            ("àáâãåÀÁÂÃÅąĄ", "a"), ("èéêëÈÉÊËęĘ", "e"), ("ìíîïÌÍÎÏ", "i"), ("òóôõøÒÓÔÕØ", "o"), ("ùúûÙÚÛ", "u"),
            ("çÇćĆčČ", "c"), ("ñÑńŃ", "n"), ("śŚšŠ", "s"), ("źŹżŻžŽ", "z"), ("łŁ", "l"), ("ýÿÝ", "y"),
        ] {
            for scalar in letters.unicodeScalars { table[scalar] = ascii }
        }
        return table
    }()
}

extension String {
    fileprivate func trimmingTrailingDashes() -> String {
        var text = self
        while text.utf8.last == UInt8(ascii: "-") { text.removeLast() }
        return text
    }
}
