internal import Documents
internal import Secrets

/// How somebody is known to Keystone.
enum CloudCredential: Sendable {
    case application(id: String, secret: SecretBytes)
    /// An application credential by its name, which is unique for a user only.
    case namedApplication(name: String, user: String, domain: CloudDomain, secret: SecretBytes)
    /// For clouds without application credentials, and without a second factor.
    case password(user: String, domain: CloudDomain, password: SecretBytes, project: CloudProject)

    /// What nobody else may know.
    var secret: SecretBytes {
        switch self {
        case .application(_, let secret), .namedApplication(_, _, _, let secret): secret
        case .password(_, _, let password, _): password
        }
    }

    /// The body of `POST /v3/auth/tokens`.
    var request: SecretBytes {
        switch self {
        case .application(let id, let secret):
            return SecretJSON.text(secret) { secret in
                Self.identity("application_credential", ["id": .string(id), "secret": secret])
            }
        case .namedApplication(let name, let user, let domain, let secret):
            return SecretJSON.text(secret) { secret in
                let user: Document = ["name": .string(user), "domain": domain.document]
                return Self.identity("application_credential", ["name": .string(name), "user": user, "secret": secret])
            }
        case .password(let user, let domain, let password, let project):
            return SecretJSON.text(password) { password in
                let user: Document = ["name": .string(user), "domain": domain.document, "password": password]
                return Self.identity("password", ["user": user], scope: ["project": project.document])
            }
        }
    }

    private static func identity(_ method: String, _ content: Document, scope: Document? = nil) -> Document {
        var auth: DocumentObject = [
            "identity": .object(["methods": [.string(method)], method: content])
        ]
        // An application credential has its scope in itself.
        auth["scope"] = scope
        return ["auth": .object(auth)]
    }
}

/// A domain of Keystone, by its id or its name.
enum CloudDomain: Sendable, Hashable {
    case id(String)
    case name(String)

    var document: Document {
        switch self {
        case .id(let id): ["id": .string(id)]
        case .name(let name): ["name": .string(name)]
        }
    }
}

/// A project of Keystone, by its id, or by its name in a domain.
enum CloudProject: Sendable, Hashable {
    case id(String)
    case named(String, CloudDomain)

    var document: Document {
        switch self {
        case .id(let id): ["id": .string(id)]
        case .named(let name, let domain): ["name": .string(name), "domain": domain.document]
        }
    }
}
