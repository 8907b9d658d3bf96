public import Foundation
import Secrets
public import Transport

/// Certificates of an authority that exists for one test, made by openssl in a folder.
public struct TestAuthority: Sendable {
    public let folder: URL

    public init(in folder: URL) throws {
        self.folder = folder
        try run(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=\(UUID()) -keyout ca.key -out ca.pem"
        )
        try issue("server", extensions: "subjectAltName=DNS:localhost,DNS:cluster.example,IP:127.0.0.1")
    }

    /// Makes NAME.pem and NAME.key.
    public func issue(_ name: String, extensions: String = "extendedKeyUsage=clientAuth", days: Int = 1) throws {
        // A negative number of days makes a certificate that ended before now.
        try run(
            """
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=\(name) -keyout \(name).key \
                -out \(name).csr && echo '\(extensions)' >\(name).ext &&
            openssl x509 -req -in \(name).csr -CA ca.pem -CAkey ca.key -CAcreateserial -days \(days) \
                -extfile \(name).ext -out \(name).pem
            """
        )
    }

    public func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

    /// Trusts this authority only, with a client certificate if one is named.
    public func tls(client: String? = nil, serverName: String? = nil) throws -> TLSSettings {
        TLSSettings(
            authorities: try bytes("ca.pem"),
            certificate: try client.map { try bytes("\($0).pem") },
            key: try client.map { SecretBytes(try bytes("\($0).key")) },
            serverName: serverName
        )
    }

    private func run(_ script: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = folder
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw HelperError(description: "openssl made no certificate") }
    }
}
