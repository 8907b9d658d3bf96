import Cryptography
import Foundation
import Secrets
import TestSupport
import Testing

struct CertificateTests {
    private let fixture: CertificateFixture

    init() throws { fixture = try CertificateFixture.shared.get() }

    @Test func `A certificate says whose it is, who issued it and when it is valid`() throws {
        let certificate = try X509Certificate(pem: fixture.pem("admin.crt"))
        #expect(certificate.commonName == "admin")
        #expect(certificate.organizations == ["system:masters"])
        #expect(certificate.issuer == "admin")
        #expect(certificate.notAfter.seconds - certificate.notBefore.seconds == 30 * 86_400)
        #expect(abs(Double(certificate.notBefore.seconds) - Date().timeIntervalSince1970) < 3_600)
        #expect(try X509Certificate(pem: fixture.pem("user.crt")).organizations == [])
    }

    @Test func `A chain is read in its order, whatever stands between`() throws {
        let text = try fixture.pem("admin.crt") + Array("a comment\n".utf8) + fixture.pem("user.crt")
        #expect(try X509Certificate.chain(pem: text).map(\.commonName) == ["admin", "user"])
        #expect(try X509Certificate(pem: text).commonName == "admin")
    }

    @Test func `Whose key has signed a certificate is found out`() throws {
        let files = try CertificateFixture.shared.get()
        let (admin, user) = (
            try X509Certificate(pem: files.pem("admin.crt")), try X509Certificate(pem: files.pem("user.crt"))
        )
        #expect(admin.isSigned(by: admin) && user.isSigned(by: user))
        #expect(!admin.isSigned(by: user) && !user.isSigned(by: admin))
    }

    @Test func `What is no certificate is refused`() throws {
        let good = try fixture.pem("admin.crt")
        var damaged = good
        damaged.replaceSubrange(200..<210, with: Array("AAAAAAAAAA".utf8))
        let samples: [[UInt8]] = [
            [], Array("nothing".utf8), try fixture.pem("rsa.pem"), damaged, Array(good.dropLast(60)),
            good + (try fixture.pem("rsa8.pem")), good + damaged, [UInt8](repeating: 0x41, count: 300_000),
        ]
        for (number, sample) in samples.enumerated() {
            #expect(throws: CryptographyError.self, "sample \(number)") { try X509Certificate.chain(pem: sample) }
        }
    }

    @Test(arguments: [
        (Int64(0), "1970-01-01T00:00:00Z"), (951_827_696, "2000-02-29T12:34:56Z"), (-1, "1969-12-31T23:59:59Z"),
        (1_795_487_520, "2026-11-24T02:32:00Z"), (4_107_542_399, "2100-02-28T23:59:59Z"),
        (4_107_542_400, "2100-03-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
        (-62_135_596_800, "0001-01-01T00:00:00Z"),
    ])
    func `A moment is written as RFC 3339 does`(seconds: Int64, text: String) {
        #expect(UTCTime(seconds: seconds).description == text)
    }
}
