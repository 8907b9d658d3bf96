extension TargetOption {
    /// What is wrong with a value, as a phrase that does not repeat the value (it may be secret); nil if nothing is.
    public func problem(with value: String) -> String? {
        guard value.utf8.count <= 512 << 10 else { return "longer than 512 KiB" }
        switch kind {
        case .text:
            return value.utf8.contains { $0 < 0x20 && $0 != 0x09 } ? "must be one line without control characters" : nil
        case .document:
            return value.utf8.contains(0) ? "must not contain NUL characters" : nil
        case .integer(let minimum, let maximum):
            guard let number = Int(value), (minimum...max(minimum, maximum)).contains(number) else {
                return "must be a whole number from \(minimum) to \(maximum)"
            }
            return nil
        case .boolean:
            return value == "true" || value == "false" ? nil : "must be true or false"
        case .choice(let choices):
            return choices.contains(value) ? nil : "must be one of \(choices.joined(separator: ", "))"
        case .quantity:
            return Self.isQuantity(value) ? nil : "must be an amount such as 500Mi, 1Gi or 2"
        }
    }

    /// Digits, perhaps a fraction, perhaps a suffix (Kubernetes API, `resource.Quantity`), and more than nothing.
    private static func isQuantity(_ text: String) -> Bool {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let suffixes: Set<Substring> = ["", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]
        guard number.count <= 15, let value = Double(number), value > 0, number.last != ".", number.first != "." else {
            return false
        }
        return suffixes.contains(text[number.endIndex...])
    }
}
