internal import Documents
internal import Secrets

/// The cookie that keeps a user signed in after the portal's token has left the URL.
///
/// It holds a token of our own with the few claims that are needed, because the portal's is often larger than a cookie
/// may be and carries secrets of its own (`apiToken`). It ends when the portal's token ends.
struct SessionCookie: Sendable {
    /// `__Host-` demands the path `/`; behind a prefix on a shared host `__Secure-` limits the cookie to that prefix.
    let name: String
    private let path: String
    private let isSecure: Bool
    private let tokens: SignedToken
    private let now: @Sendable () -> Double
    /// Whether a role is one that something depends on.
    private let matters: @Sendable (String) -> Bool
    /// Browsers cut longer ages to about this, too.
    private static let longestAge = 400.0 * 24 * 3600

    /// - Parameter matters: whether a role is one that something depends on; of the others there are as many in the
    ///   cookie as have room.
    init(
        key: SecretBytes,
        publicPrefix: String,
        isSecure: Bool,
        matters: @escaping @Sendable (_ role: String) -> Bool = { _ in false },
        now: @escaping @Sendable () -> Double
    ) {
        self.isSecure = isSecure
        self.matters = matters
        self.now = now
        path = publicPrefix.isEmpty ? "/" : publicPrefix
        let prefix = !isSecure ? "" : publicPrefix.isEmpty ? "__Host-" : "__Secure-"
        name = prefix + "graphene-deployer"
        // Another key than the portal's, so that a cookie is no portal token and a portal token is no cookie.
        tokens = SignedToken(key: DerivedKey.session.bytes(from: key))
    }

    /// The value of a Set-Cookie header that begins the session; nil where it would outgrow 4096 bytes.
    func issue(_ session: Session) -> String? {
        var session = session
        let roles = session.user.roles
        session.user.roles = roles.filter { UserIdentity.isAdministrator($0) || matters($0) }
        var fitting = header(session)
        for role in roles where !session.user.roles.contains(role) {
            session.user.roles.append(role)
            guard let longer = header(session) else { break }
            fitting = longer
        }
        return fitting
    }

    private func header(_ session: Session) -> String? {
        let age = Int(min(max(0, session.expires - now()), Self.longestAge))
        let secure = isSecure ? "; Secure" : ""
        let token = tokens.sign(session.document)
        let header = "\(name)=\(token); Path=\(path); Max-Age=\(age); HttpOnly; SameSite=Lax\(secure)"
        return header.utf8.count <= 4096 ? header : nil
    }

    /// The session that a cookie's value stands for.
    /// - Throws: `TokenError`.
    func session(from value: String) throws(TokenError) -> Session {
        guard let session = Session(try tokens.payload(of: value)) else { throw TokenError.malformed }
        guard session.expires > now() else { throw TokenError.expired }
        return session
    }
}

extension Session {
    /// What the cookie says.
    fileprivate var document: Document {
        [
            "id": .string(user.userID), "name": .string(user.name), "email": user.email.map(Document.string) ?? .null,
            "login": user.login.map(Document.string) ?? .null, "roles": .array(user.roles.map(Document.string)),
            "exp": NumberLiteral(expires).map(Document.number) ?? .null,
        ]
    }

    fileprivate init?(_ document: Document) {
        guard let id = document["id"]?.string, let name = document["name"]?.string,
            let expires = document["exp"]?.double
        else { return nil }
        let user = UserIdentity(
            userID: id,
            name: name,
            email: document["email"]?.string,
            login: document["login"]?.string,
            roles: document["roles"]?.array?.compactMap(\.string) ?? []
        )
        self.init(user: user, expires: expires)
    }
}
