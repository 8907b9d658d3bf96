import Cryptography
import Foundation
import Secrets
import TestSupport
import Testing

struct CertificateRequestTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// What the command `openssl` says of a request.
    private func openssl(_ arguments: [String], about request: CertificateRequest) throws -> String {
        let file = try folder.write("request.pem", String(decoding: request.pem, as: UTF8.self))
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments + ["-in", file]
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let words = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: words, as: UTF8.self)
    }

    @Test(arguments: KeyAlgorithm.allCases)
    func `A key that was made is a usable one, and each is another`(algorithm: KeyAlgorithm) throws {
        let key = try PrivateKey.make(algorithm)
        try PrivateKey.check(pem: key)
        #expect(try !PrivateKey.make(algorithm).isEqual(to: key))
    }

    @Test(
        arguments: [
            (.p256, "Public-Key: (256 bit)", "ecdsa-with-SHA256"),
            (.rsa2048, "Public-Key: (2048 bit)", "sha256WithRSAEncryption"),
        ] as [(KeyAlgorithm, String, String)])
    func `A request is signed with its key`(algorithm: KeyAlgorithm, size: String, signature: String) throws {
        let key = try PrivateKey.make(algorithm)
        let request = try CertificateRequest(commonName: "admin", organizations: ["system:masters"], key: key)
        let words = try openssl(["req", "-verify", "-noout", "-text"], about: request)
        #expect(words.contains("verify OK"))
        #expect(words.contains("Subject: CN = admin, O = system:masters\n"))
        #expect(words.contains(size) && words.contains("Signature Algorithm: \(signature)"))
    }

    @Test func `Names are UTF8Strings, in their order`() throws {
        let key = try PrivateKey.make(.p256)
        let request = try CertificateRequest(commonName: "Zoë", organizations: ["a", "b"], key: key)
        let lines = try openssl(["asn1parse"], about: request).split(separator: "\n")
        #expect(lines.filter { $0.contains("UTF8STRING") }.map { $0.split(separator: ":").last } == ["Zoë", "a", "b"])
    }

    @Test(arguments: ["", String(repeating: "x", count: 65), "a\u{0}b"])
    func `Names that no certificate can have are refused`(name: String) throws {
        let key = try PrivateKey.make(.p256)
        #expect(throws: CryptographyError.self) { try CertificateRequest(commonName: name, key: key) }
        #expect(throws: CryptographyError.self) {
            try CertificateRequest(commonName: "x", organizations: [name], key: key)
        }
    }

    @Test func `A request needs a private key`() throws {
        #expect(throws: CryptographyError.self) {
            try CertificateRequest(commonName: "admin", key: SecretBytes("none"))
        }
    }
}
