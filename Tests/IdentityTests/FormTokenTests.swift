import Secrets
import TestSupport
import Testing

@testable import DeployerHost

@Suite("The token of a form")
struct FormTokenTests {
    private static let tokens = FormToken(key: SecretBytes(PortalToken.keyBytes))

    private static func session(_ user: String = "user-1", expires: Double = PortalToken.now + 60) -> Session {
        Session(user: UserIdentity(userID: user, name: "alice", email: nil, roles: []), expires: expires)
    }

    @Test("is valid for its session, as long as the key stays, and fits into a form as it is")
    func roundTrip() {
        let token = Self.tokens.issue(for: Self.session())
        #expect(Self.tokens.isValid(token, for: Self.session()))
        #expect(FormToken(key: SecretBytes(PortalToken.keyBytes)).isValid(token, for: Self.session()))
        #expect(token.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
    }

    @Test(
        "is worth nothing in another session",
        arguments: [
            session("user-2"), session(""), session("user-1 "), session("user-1", expires: PortalToken.now + 61),
            session("0 user-1"), session("user-1", expires: .nan),
        ])
    func otherSession(other: Session) {
        #expect(!Self.tokens.isValid(Self.tokens.issue(for: Self.session()), for: other))
        #expect(!Self.tokens.isValid(Self.tokens.issue(for: other), for: Self.session()))
        #expect(Self.tokens.isValid(Self.tokens.issue(for: other), for: other))
    }

    @Test("stays valid when only name or roles of the user change")
    func sameUser() {
        var renamed = Self.session()
        renamed.user.name = "Alice"
        renamed.user.roles = ["Admin"]
        #expect(Self.tokens.isValid(Self.tokens.issue(for: Self.session()), for: renamed))
    }

    @Test("is worth nothing under another key, and has another key than the cookie and the portal's token")
    func otherKey() {
        let key = SecretBytes(PortalToken.keyBytes)
        #expect(
            !Self.tokens.isValid(FormToken(key: SecretBytes("another")).issue(for: Self.session()), for: Self.session())
        )
        let keys = [key, DerivedKey.session.bytes(from: key), DerivedKey.form.bytes(from: key)]
        #expect(Set(keys.map { $0.withBytes { Array($0) } }).count == keys.count)
    }

    @Test("is worth nothing with any sign changed or left out")
    func changed() {
        let token = Array(Self.tokens.issue(for: Self.session()))
        for position in token.indices {
            var other = token
            other[position] = token[position] == "A" ? "Q" : "A"
            #expect(!Self.tokens.isValid(String(other), for: Self.session()))
            other = token
            other.remove(at: position)
            #expect(!Self.tokens.isValid(String(other), for: Self.session()))
        }
    }

    @Test(
        "is refused where it is no token at all",
        arguments: ["", "=", "A", String(repeating: "A", count: 86), String(repeating: "€", count: 30), "null"])
    func nonsense(text: String) {
        #expect(!Self.tokens.isValid(text, for: Self.session()))
    }
}
