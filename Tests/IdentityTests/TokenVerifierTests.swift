import Documents
import Foundation
import Secrets
import TestSupport
import Testing

@testable import DeployerHost

@Suite("The portal's token")
struct TokenVerifierTests {
    @Test(
        "has the key that the portal's lenient base64 decoder makes",
        arguments: [
            (PortalToken.key, "d76ddee39ebb7bcf5bd767776b8e7ae36ebad78d7be34d34"), ("secret", "b1e72b"),
            ("YWJj", "616263"), ("YWI=", "6162"),
            ("YQ==", "61"), ("Y-W_J j", "616263"), ("YWJjZA", "616263"),
            // Derived from the rules of JAXB's DatatypeConverterImpl: `=` has the value 127, it ends a group as its third
            // or fourth sign, and elsewhere it is shifted as any sign is.
            ("ab=c", "69dc"), ("=abc", "fda6dc"), ("a=bc", "6ff6dc"), ("a==c", "6fdc"), ("====", "ff"),
            ("=a=b", "fddb"), ("abc=defg", "69b775e7e0"), ("ab==cd==", "6971"), ("pa=ss=word1", "a5ecb7fc28"),
        ])
    func key(text: String, hex: String) throws {
        let bytes = try PortalKey.bytes(from: text).withBytes { Array($0) }
        #expect(bytes.map { String(format: "%02x", $0) }.joined() == hex)
    }

    @Test(
        "cannot be checked with a key that is missing, too short or not ASCII",
        arguments: ["", "abc", "---", "schlüssel"])
    func badKey(text: String) {
        #expect(throws: ConfigurationProblem.self) { try PortalKey.bytes(from: text) }
    }

    @Test("of the published vector has a good signature, and is no login without mlpuser")
    func vector() throws {
        let token =
            "eyJhbGciOiJIUzUxMiJ9.eyJzdWIiOiJhbGljZSIsImV4cCI6NDEwMjQ0NDgwMH0."
            + "lb7A2Q8XhawPxx8g1dtN4ayerWAAdh6hRQxebZEWZ-rZbo50cu2Le-eXxBLtSsvpGUK-akoLk2VtXRysvOoKuw"
        #expect(throws: TokenError.noUser) { try Self.verifier().verify(token) }
        #expect(throws: TokenError.wrongSignature) {
            try Self.verifier().verify(String(token.dropLast(2)) + "AA")
        }
    }

    @Test("tells user, name and roles")
    func accepted() throws {
        let session = try Self.verifier().verify(PortalToken(roles: ["MLP System User", "Admin"]).text)
        #expect(session.user.userID == "user-1")
        #expect(session.user.name == "alice@example.org")
        #expect(session.user.isAdministrator)
        #expect(session.expires == PortalToken.now + 3600)
        let noEmail = try Self.verifier().verify(PortalToken(email: nil).text)
        #expect(noEmail.user.name == "alice")
        #expect(!noEmail.user.isAdministrator)
    }

    private static let reasons: [String: TokenError] = [
        "none": .wrongAlgorithm, "RS256": .wrongAlgorithm, "no alg": .wrongAlgorithm,
        "HS256 with sha256": .wrongAlgorithm, "HS384 with sha384": .wrongAlgorithm,
        "HS512 with sha256": .wrongSignature, "HS512 with sha384": .wrongSignature, "crit": .criticalHeader,
        "no signature": .wrongSignature, "raw key bytes": .wrongSignature, "no exp": .noExpiry,
        "exp as text": .noExpiry, "expired by one second": .expired, "expiring now": .expired,
        "not yet valid": .notYetValid, "no mlpuser": .noUser, "mlpuser null": .noUser, "no user id": .noUser,
        "header is no object": .malformed,
    ]

    @Test("is refused for the right reason")
    func refusal() throws {
        let tokens = try PortalToken.refused.get()
        #expect(tokens.keys.sorted() == Self.reasons.keys.sorted())
        for (what, token) in tokens {
            let reason = try #require(Self.reasons[what])
            #expect(throws: reason, "\(what)") { try Self.verifier().verify(token) }
        }
    }

    @Test(
        "is refused where it is no token at all", arguments: ["", "a", "a.b", "a.b.c.d", "..", "€.b.c", "e30.e30.!!"])
    func malformed(text: String) {
        #expect(throws: TokenError.self) { try Self.verifier().verify(text) }
    }

    @Test("may have claims of any other shape")
    func leniency() throws {
        var token = PortalToken()
        token.payload["role"] = ["not", 5, ["name": 7]]
        token.payload["created"] = "yesterday"
        token.payload["extra"] = [[[]]]
        #expect(try Self.verifier().verify(token.text).user.roles.isEmpty)
    }

    static func verifier() throws -> TokenVerifier {
        TokenVerifier(key: try PortalKey.bytes(from: PortalToken.key)) { PortalToken.now }
    }
}
