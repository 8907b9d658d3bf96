internal import Passes
internal import TargetContract

/// The namespace a user gave, checked.
struct NamespaceName {
    let text: String

    /// - Parameter allowed: namespaces of the cluster itself that the administrator has allowed.
    init(_ text: String, allowed: Set<String>) throws(TargetError) {
        self.text = text
        guard Self.isLabel(text) else {
            throw TargetError(
                .invalidOption,
                what: "The namespace cannot be used",
                why: "\"\(text.prefix(80))\" is not a name of at most 63 lower-case letters, digits and dashes",
                remedy: "Take for instance \(ObjectName.repairing(text, fallback: "solution"))"
            )
        }
        guard !Self.isOfTheCluster(text) || allowed.contains(text) else {
            throw TargetError(
                .invalidOption,
                what: "The namespace \(text) cannot be used",
                why: "it belongs to the cluster itself",
                remedy: "Take a namespace for this solution alone"
            )
        }
    }

    private static func isOfTheCluster(_ name: String) -> Bool { name == "default" || name.hasPrefix("kube-") }

    /// A DNS label (RFC 1123), as names of namespaces must be.
    static func isLabel(_ name: String) -> Bool {
        guard (1...63).contains(name.utf8.count), name.first != "-", name.last != "-" else { return false }
        return name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
    }
}
