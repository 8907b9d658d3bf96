internal import Cryptography

extension KubeconfigFields {
    /// The PEM text that a member holds in base64; nil where the member is missing or empty.
    func pem(_ name: String) throws(KubeconfigError) -> [UInt8]? {
        guard let text = try text(name) else { return nil }
        guard let bytes = StrictBase64.decode(text.utf8), !bytes.isEmpty else {
            throw KubeconfigError(
                field: place(name),
                why: "this is not base64",
                remedy: "Paste the kubeconfig again; the content of a PEM file goes through: base64 -w0"
            )
        }
        return bytes
    }

    /// The certificates of a PEM text that came out of a member.
    func certificates(_ pem: [UInt8], of name: String) throws(KubeconfigError) -> [X509Certificate] {
        do { return try X509Certificate.chain(pem: pem) } catch {
            throw KubeconfigError(
                field: place(name),
                why: error.description,
                remedy: "Paste the kubeconfig of the cluster again"
            )
        }
    }
}
