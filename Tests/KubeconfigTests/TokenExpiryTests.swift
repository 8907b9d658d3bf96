import Foundation
import Kubernetes
import Testing

struct TokenExpiryTests {
    /// A JSON Web Token without a valid signature.
    private func token(_ claims: String) -> String {
        let part = Data(claims.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        return "eyJhbGciOiJSUzI1NiJ9.\(part.replacing("=", with: "")).c2lnbmF0dXJl"
    }

    private func expiry(_ token: String, now: Int64 = 1_000) throws -> Int64? {
        var fixture = try KubeconfigFixture()
        fixture.user = ["token: \(token)"]
        return try fixture.parsed(now: now).xray.expiry?.seconds
    }

    @Test(
        arguments: [
            (#"{"exp":5000}"#, Int64(5_000)), (#"{"exp":5000,"sub":"x>?~"}"#, 5_000), ("{}", nil),
            (#"{"exp":"5000"}"#, nil),
            (#"{"exp":5000.5}"#, nil), (#"{"exp":-1}"#, nil), (#"{"exp":99999999999999999}"#, nil), ("[1]", nil),
            ("", nil),
            ("no JSON", nil),
        ] as [(String, Int64?)])
    func `A JSON Web Token tells when it expires`(claims: String, seconds: Int64?) throws {
        #expect(try expiry(token(claims)) == seconds)
    }

    @Test(arguments: ["plain", "a.b", "..", "a.b.c.d", "a.!.c"])
    func `Other tokens are accepted and tell nothing`(token: String) throws {
        #expect(try expiry(token) == nil)
    }

    @Test func `An expired token is refused with the date and without the token`() throws {
        let token = token(#"{"exp":5000}"#)
        let error = #expect(throws: KubeconfigError.self) { try expiry(token, now: 5_001) }
        #expect(error?.field == "users[0].user.token")
        #expect(error?.why == "the token expired on 1970-01-01T01:23:20Z")
        #expect(error?.description.contains(token) == false)
    }
}
