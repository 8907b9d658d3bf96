import Kubernetes
import Secrets
import TestSupport

/// Kubeconfigs as CREODIAS hands them out, with parts to replace.
struct KubeconfigFixture {
    let certificates: CertificateFixture
    var server = "https://203.0.113.7:6443"
    var preamble = "apiVersion: v1\n"
    /// Lines of the cluster, instead of the usual ones.
    var cluster: [String]
    /// Lines of the user, instead of the usual ones.
    var user: [String]
    var context = ["cluster: green", "user: admin"]
    var currentContext = "default"

    init() throws {
        certificates = try CertificateFixture.shared.get()
        cluster = ["certificate-authority-data: \(try certificates.base64("admin.crt"))"]
        user = [
            "client-certificate-data: \(try certificates.base64("admin.crt"))",
            "client-key-data: \(try certificates.base64("rsa.pem"))",
        ]
    }

    /// Now, as far as the certificates are concerned: in the middle of their 30 days.
    static let now: Int64 = Int64(CertificateClock.now) + 10 * 86_400

    var text: String {
        preamble + """
            clusters:
            - cluster:
            \(Self.lines(["server: \(server)"] + cluster, indent: 4))
              name: green
            contexts:
            - context:
            \(Self.lines(context, indent: 4))
              name: default
            current-context: \(currentContext)
            kind: Config
            preferences: {}
            users:
            - name: admin
              user:
            \(Self.lines(user, indent: 4))

            """
    }

    func parsed(context: String? = nil, now: Int64 = Self.now) throws -> Kubeconfig {
        try Kubeconfig(parsing: SecretBytes(text), context: context, now: now)
    }

    private static func lines(_ lines: [String], indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        return lines.map { margin + $0 }.joined(separator: "\n")
    }
}
