import Secrets
import TestSupport
import Testing

@testable import DeployerHost

@Suite("The session cookie")
struct SessionCookieTests {
    private static let session = Session(
        user: UserIdentity(userID: "user-1", name: "alice", email: nil, roles: ["Admin"]),
        expires: PortalToken.now + 60
    )

    private static func cookie(prefix: String = "", isSecure: Bool = true, now: Double = PortalToken.now)
        -> SessionCookie
    {
        SessionCookie(key: SecretBytes(PortalToken.keyBytes), publicPrefix: prefix, isSecure: isSecure, now: { now })
    }

    @Test("is Secure, HttpOnly, SameSite=Lax and ends with the token")
    func attributes() throws {
        let header = try #require(Self.cookie().issue(Self.session))
        #expect(header.hasPrefix("__Host-graphene-deployer="))
        #expect(header.hasSuffix("; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"))
    }

    @Test("is limited to the public prefix where there is one")
    func prefixed() throws {
        let header = try #require(Self.cookie(prefix: "/creodias-deployer").issue(Self.session))
        #expect(header.hasPrefix("__Secure-graphene-deployer="))
        #expect(header.contains("; Path=/creodias-deployer; "))
    }

    @Test("is plain only when told so")
    func insecure() throws {
        let header = try #require(Self.cookie(isSecure: false).issue(Self.session))
        #expect(header.hasPrefix("graphene-deployer="))
        #expect(!header.contains("Secure"))
    }

    @Test("gives back the session until it ends")
    func roundTrip() throws {
        let header = try #require(Self.cookie().issue(Self.session))
        let value = String(try #require(header.split(separator: ";").first?.split(separator: "=", maxSplits: 1).last))
        #expect(try Self.cookie().session(from: value) == Self.session)
        #expect(throws: TokenError.expired) {
            try Self.cookie(now: PortalToken.now + 60).session(from: value)
        }
        #expect(throws: TokenError.wrongSignature) { try Self.cookie().session(from: value + "A") }
    }

    @Test("is no portal token, and a portal token is no cookie")
    func separateKeys() throws {
        let header = try #require(Self.cookie().issue(Self.session))
        let value = String(try #require(header.split(separator: ";").first?.split(separator: "=", maxSplits: 1).last))
        #expect(throws: TokenError.wrongSignature) { try TokenVerifierTests.verifier().verify(value) }
        #expect(throws: TokenError.wrongSignature) { try Self.cookie().session(from: PortalToken().text) }
    }

    @Test("has room for users with many roles, and is not made where it would outgrow 4096 bytes")
    func size() throws {
        var session = Self.session
        session.user.roles = (0..<500).map { "role number \($0)" } + ["Admin"]
        let header = try #require(Self.cookie().issue(session))
        let value = String(try #require(header.split(separator: ";").first?.split(separator: "=", maxSplits: 1).last))
        #expect(try Self.cookie().session(from: value).user.isAdministrator)
        session.user.name = String(repeating: "n", count: 4_000)
        #expect(Self.cookie().issue(session) == nil)
    }

    @Test("keeps login and roles, those that something depends on first")
    func roles() throws {
        var session = Self.session
        session.user.login = "alice"
        session.user.roles = (0..<500).map { "role number \($0)" } + ["Publisher"]
        let cookie = SessionCookie(
            key: SecretBytes(PortalToken.keyBytes), publicPrefix: "", isSecure: true, matters: { $0 == "Publisher" },
            now: { PortalToken.now })
        let header = try #require(cookie.issue(session))
        #expect(header.utf8.count <= 4_096)
        let value = String(try #require(header.split(separator: ";").first?.split(separator: "=", maxSplits: 1).last))
        let user = try cookie.session(from: value).user
        #expect(user.login == "alice")
        #expect(user.roles.first == "Publisher" && user.roles.contains("role number 0"))
    }

    @Test("lives no longer than a year and a bit, whatever the token says", arguments: [1e12, 1e300])
    func absurdExpiry(expires: Double) throws {
        var session = Self.session
        session.expires = expires
        #expect(try #require(Self.cookie().issue(session)).contains("Max-Age=34560000;"))
    }
}
