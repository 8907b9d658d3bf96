/// The syntax of names in a kubeconfig.
enum HostSyntax {
    /// A DNS-1123 label: at most 63 of `a-z`, `0-9` and `-`, no dash at the ends.
    static func isLabel(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.count <= 63 && text.utf8.first != UInt8(ascii: "-")
            && text.utf8.last != UInt8(ascii: "-")
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            }
    }

    /// A host name of labels, at most 253 characters.
    static func isHostName(_ text: String) -> Bool {
        text.utf8.count <= 253
            && text.lowercased().split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isLabel($0) }
    }

    /// At most 100 characters of a name for a message, without those that can't be seen.
    static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix(100).filter {
                    ![.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
                }
            )
        )
    }
}
