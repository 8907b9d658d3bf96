import Cryptography
import Secrets
import TestSupport
import Testing

struct PrivateKeyTests {
    private let fixture: CertificateFixture

    init() throws { fixture = try CertificateFixture.shared.get() }

    @Test(arguments: [
        ("rsa.pem", "admin.crt"), ("rsa8.pem", "admin.crt"), ("ec.pem", "user.crt"), ("ec8.pem", "user.crt"),
    ])
    func `A key is accepted with its certificate and with no other`(key: String, certificate: String) throws {
        let secret = SecretBytes(try fixture.pem(key))
        try PrivateKey.check(pem: secret)
        try PrivateKey.check(pem: secret, matches: X509Certificate(pem: fixture.pem(certificate)))
        let other = try X509Certificate(pem: fixture.pem(certificate == "user.crt" ? "admin.crt" : "user.crt"))
        let error = #expect(throws: CryptographyError.self) { try PrivateKey.check(pem: secret, matches: other) }
        #expect(error?.description.contains("does not belong") == true)
    }

    @Test(arguments: [
        ("rsa-locked.pem", "passphrase"), ("rsa8-locked.pem", "passphrase"), ("x25519.pem", "neither RSA"),
        ("admin.crt", "no private key"),
    ])
    func `Other keys are refused with the reason`(name: String, reason: String) throws {
        let secret = SecretBytes(try fixture.pem(name))
        let error = #expect(throws: CryptographyError.self) { try PrivateKey.check(pem: secret) }
        #expect(error?.description.contains(reason) == true)
    }

    @Test func `A damaged key is refused without a word of it`() throws {
        let good = try fixture.pem("rsa.pem")
        var damaged = good
        damaged.replaceSubrange(32..<42, with: Array("AAAAAAAAAA".utf8))
        for sample in [damaged, Array(good.dropLast(60)), [], [UInt8](repeating: 0x2D, count: 300_000)] {
            let error = #expect(throws: CryptographyError.self) { try PrivateKey.check(pem: SecretBytes(sample)) }
            #expect(error?.description.contains("AAAA") == false)
        }
    }
}
