import Foundation

/// Keys and certificates made by the `openssl` command, once for each test process.
public struct CertificateFixture: Sendable {
    private let folder: TemporaryFolder

    /// The files: `rsa.pem` (PKCS#1), `rsa8.pem` (PKCS#8), `ec.pem` (SEC 1), `ec8.pem`, `rsa-locked.pem` and
    /// `rsa8-locked.pem` (with a passphrase), `x25519.pem`; `admin.crt` for the RSA key, CN=admin and O=system:masters,
    /// `user.crt` for the EC key, CN=user, both valid for 30 days.
    public static let shared = Result { try CertificateFixture() }

    private init() throws {
        folder = try TemporaryFolder()
        let script = """
            set -e; cd "$0"; exec 2>/dev/null
            openssl genrsa -traditional -out rsa.pem 2048
            openssl pkcs8 -topk8 -nocrypt -in rsa.pem -out rsa8.pem
            openssl ecparam -name prime256v1 -genkey -noout -out ec.pem
            openssl pkcs8 -topk8 -nocrypt -in ec.pem -out ec8.pem
            openssl rsa -traditional -aes128 -passout pass:secret -in rsa.pem -out rsa-locked.pem
            openssl pkcs8 -topk8 -passout pass:secret -in rsa.pem -out rsa8-locked.pem
            openssl genpkey -algorithm X25519 -out x25519.pem
            openssl req -x509 -key rsa.pem -days 30 -subj /O=system:masters/CN=admin -out admin.crt
            openssl req -x509 -key ec.pem -days 30 -subj /CN=user -out user.crt
            """
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script, folder.path]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    }

    /// The content of one of the files.
    public func pem(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(filePath: "\(folder.path)/\(name)")))
    }

    /// The content of one of the files in base64, in one line.
    public func base64(_ name: String) throws -> String { Data(try pem(name)).base64EncodedString() }
}
