/// What is said of a metric before its values.
struct MetricDescription: Sendable, Hashable {
    /// How Prometheus is to take the values.
    enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    let name: String
    let help: String
    let kind: Kind
    let labels: [String]

    /// - Parameter name: of letters, digits and `_`; names of labels likewise. They are written in the code, so that a
    ///   wrong one ends a debug build.
    init(_ name: String, _ kind: Kind, help: String, labels: [String] = []) {
        assert(([name] + labels).allSatisfy(Self.isName), "\(name) or one of its labels is no name of a metric")
        assert(Set(labels).count == labels.count && !labels.contains("le"), "\(name) has labels that collide")
        self.name = name
        self.help = help
        self.kind = kind
        self.labels = labels
    }

    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return !text.hasPrefix("__")
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
    }
}
