import Secrets
import Testing

@testable import graphene_deployer

@Suite("Commands for a host are given")
struct HostArgumentTests {
    @Test("a token, without what stands around it", arguments: ["a.b-c_d", " a.b-c_d\n", "\r\n\ta.b-c_d\r\n"])
    func token(text: String) throws {
        let token = try HostToken.token(of: Array(text.utf8), in: "file")
        #expect(token.isEqual(to: SecretBytes("a.b-c_d")))
    }

    @Test("no token where there is something else", arguments: ["", "\n", "a b", "a\nb", "ä", "a\u{0}"])
    func noToken(text: String) {
        #expect(throws: InputError.self) { try HostToken.token(of: Array(text.utf8), in: "file") }
    }

    @Test(
        "ids and their beginnings",
        arguments: [
            ("012345", "012345", false), ("ABCDEF-0", "abcdef-0", false), ("01234", nil, false), ("01234g", nil, false),
            ("0123456a-0000-4000-8000-000000000001", "0123456a-0000-4000-8000-000000000001", true),
            ("0123456a-0000-4000-8000-0000000000012", nil, false), ("", nil, false), ("../../", nil, false),
        ] as [(String, String?, Bool)]
    )
    func prefixes(argument: String, text: String?, isComplete: Bool) {
        let prefix = DeploymentPrefix(argument: argument)
        #expect(prefix?.text == text)
        #expect((prefix?.isComplete ?? false) == isComplete)
    }
}
