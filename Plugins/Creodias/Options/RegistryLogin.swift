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
}
