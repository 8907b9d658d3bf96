import Secrets
import Testing

@Suite("Secrets")
struct SecretsTests {
    @Test("print as <redacted> however they are printed")
    func redacted() {
        let secret = SecretBytes("s3cr3t")
        struct Holder { let secret: SecretBytes }
        var dumped = ""
        dump(Holder(secret: secret), to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\(Holder(secret: secret))", "\([secret])", dumped] {
            #expect(!text.contains("s3cr3t"))
            #expect(text.contains("<redacted>"))
        }
    }

    @Test("lend their bytes and compare by them")
    func bytes() {
        #expect(SecretBytes("abc").withBytes { Array($0) } == Array("abc".utf8))
        #expect(SecretBytes("abc").isEqual(to: SecretBytes([0x61, 0x62, 0x63])))
        #expect(!SecretBytes("abc").isEqual(to: SecretBytes("abd")))
        #expect(!SecretBytes("abc").isEqual(to: SecretBytes("ab")))
        #expect(SecretBytes("").isEmpty)
        #expect(SecretBytes("").withBytes { $0.count } == 0)
    }

    @Test(
        "SHA-256 gives the published values",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ])
    func digests(text: String, hex: String) {
        #expect(SHA256(hashing: text.utf8).hex == hex)
    }

    /// RFC 4231, test cases 2 and 6.
    @Test(
        "HMAC with SHA-512 gives the published values",
        arguments: [
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                    + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
            ),
            (
                [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
                    + "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"
            ),
        ])
    func authentication(key: [UInt8], message: String, hex: String) {
        let hmac = HMACSHA512(key: SecretBytes(key))
        let code = hmac.code(for: Array(message.utf8))
        #expect(code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == hex)
        #expect(hmac.isValid(code, for: Array(message.utf8)))
        #expect(!hmac.isValid(Array(code.dropLast()), for: Array(message.utf8)))
        #expect(!hmac.isValid(code, for: Array(message.utf8.dropLast())))
    }
}
