internal import Documents
internal import Secrets

/// The document in a pasted text: one, small, without aliases.
struct KubeconfigText {
    let document: Document
    static let sizeLimit = 256 << 10

    init(_ text: SecretBytes) throws(KubeconfigError) {
        guard text.count <= Self.sizeLimit else {
            throw KubeconfigError(
                field: nil,
                why: "the kubeconfig is larger than 256 KiB",
                remedy: "Paste the file of one cluster"
            )
        }
        var bytes = text.withBytes { Array($0) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        do {
            document = try YAMLText(yaml: bytes).value
        } catch {
            // The parser's reason may quote the text.
            let place = error.position.map { " at \($0)" } ?? ""
            throw KubeconfigError(
                field: nil,
                why: "the kubeconfig is not acceptable YAML\(place): " + Self.withoutContent(error.reason),
                remedy: "Paste the whole file as openstack coe cluster config writes it; aliases and further documents "
                    + "are not accepted"
            )
        }
        guard document.object != nil else {
            throw KubeconfigError(
                field: nil,
                why: "the kubeconfig is \(document.kindName), not an object",
                remedy: "Paste the whole file, from apiVersion on"
            )
        }
    }

    /// What stands between quotation marks or in parentheses comes from the text.
    private static func withoutContent(_ reason: String) -> String {
        String(reason.prefix { $0 != "(" }).split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .map { $0.offset.isMultiple(of: 2) ? String($0.element) : "…" }.joined()
    }
}
