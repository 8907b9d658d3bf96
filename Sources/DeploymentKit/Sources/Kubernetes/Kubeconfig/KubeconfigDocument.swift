internal import Documents
internal import Secrets

/// The text of a kubeconfig as a document, before anything in it is looked at.
enum KubeconfigDocument {
    static func read(_ text: SecretBytes) throws(KubeconfigError) -> KubeconfigFields {
        let limit = DocumentLimits.configuration.bytes
        guard text.count <= limit else {
            throw KubeconfigError(
                field: KubeconfigFields.rootName,
                why: "the text has \(text.count) bytes, at most \(limit) are read",
                remedy: "Give a kubeconfig with the one context that is needed: kubectl config view --minify --flatten"
            )
        }
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var bytes = text.withBytes { Array($0) }
        if bytes.starts(with: byteOrderMark) { bytes.removeFirst(byteOrderMark.count) }
        let document: Document
        do {
            document = try YAMLText(yaml: bytes, limits: .configuration).value
        } catch {
            throw KubeconfigError(
                field: KubeconfigFields.rootName,
                why: "the text is not acceptable YAML" + (error.position.map { " at \($0)" } ?? "") + ": "
                    + withoutQuotations(error.reason),
                remedy: "Paste the whole file as the cluster's owner got it, one document without anchors and tags"
            )
        }
        guard let object = document.object else {
            throw KubeconfigError(
                field: KubeconfigFields.rootName,
                why: document.isNull ? "the text is empty" : "the text is \(document.kindName), no kubeconfig",
                remedy: "Paste the whole file, beginning with apiVersion"
            )
        }
        return KubeconfigFields(object, path: "")
    }

    /// The reader's phrase without what it quotes, since that may be a part of a secret.
    private static func withoutQuotations(_ reason: String) -> String {
        let phrase = reason.prefix { $0 != "\"" && $0 != "(" }
        return phrase.hasSuffix(" ") ? String(phrase.dropLast()) : String(phrase)
    }
}
