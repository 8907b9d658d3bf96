internal import Documents
internal import Secrets
internal import TargetContract

/// The login of a private registry, which becomes the pull secret `acumos-registry`.
struct RegistryLogin: Sendable {
    static let secretName = "acumos-registry"
    let host: String
    let user: String
    let password: SecretBytes

    /// Nil where none of the three options is given.
    init?(_ options: OptionValues) throws(TargetError) {
        let host = options.text("registry"), user = options.text("registry-user")
        let password = options.secret("registry-password")
        if host == nil, user == nil, password == nil { return nil }
        guard let host, let user, let password else {
            throw TargetError(
                .invalidOption,
                what: "The login of the registry is incomplete",
                why: "registry, registry-user and registry-password belong together",
                remedy: "Give all three, or none"
            )
        }
        guard host.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") }), !host.contains("://")
        else {
            throw TargetError(
                .invalidOption,
                what: "The registry cannot be used",
                why: "it is not a host, perhaps with a port",
                remedy: "Write for instance registry.example.org:7444"
            )
        }
        self.host = host
        self.user = user
        self.password = password
    }

    /// The Secret (`kubernetes.io/dockerconfigjson`).
    /// - Parameter withData: whether the login itself is in it.
    func document(metadata: Document, withData: Bool) -> Document {
        var secret: DocumentObject = [
            "apiVersion": "v1", "kind": "Secret", "metadata": metadata, "type": "kubernetes.io/dockerconfigjson",
        ]
        if withData { secret["data"] = [".dockerconfigjson": .string(encodedConfiguration)] }
        return .object(secret)
    }

    private var encodedConfiguration: String {
        let pair = password.withBytes { Array(user.utf8) + [UInt8(ascii: ":")] + Array($0) }
        let entry: Document = [
            "username": .string(user), "password": .string(password.withBytes { String(decoding: $0, as: UTF8.self) }),
            "auth": .string(Base64Writer.encode(pair)),
        ]
        let configuration: Document = ["auths": .object([host: entry])]
        return Base64Writer.encode(configuration.json())
    }
}

/// Base64 (RFC 4648, section 4) with padding.
enum Base64Writer {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

    static func encode(_ bytes: [UInt8]) -> String {
        stride(from: 0, to: bytes.count, by: 3).reduce(into: "") { text, start in
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for position in 0..<4 {
                text.append(position <= group.count ? alphabet[bits >> (18 - 6 * position) & 63] : "=")
            }
        }
    }
}
