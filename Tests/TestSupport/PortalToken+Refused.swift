import Documents
import Foundation

extension PortalToken {
    /// Tokens that are not the portal's, by what is wrong with them; made once for each test process.
    public static let refused = Result { try PortalToken.makeRefused() }

    private static func makeRefused() throws -> [String: String] {
        var texts = changes.mapValues { change in
            var token = PortalToken()
            change(&token)
            return token.text
        }
        for (algorithm, digest) in [("HS256", "sha256"), ("HS384", "sha384"), ("HS512", "sha256"), ("HS512", "sha384")]
        {
            var token = PortalToken()
            token.header = ["alg": .string(algorithm)]
            texts["\(algorithm) with \(digest)"] = try token.text(signedWith: digest)
        }
        return texts
    }

    private static let changes: [String: @Sendable (inout PortalToken) -> Void] = [
        "none": {
            $0.header = ["alg": "none"]
            $0.isSigned = false
        },
        "RS256": { $0.header = ["alg": "RS256"] },
        "no alg": { $0.header = [:] },
        "crit": { $0.header = ["alg": "HS512", "crit": ["exp"]] },
        "no signature": { $0.isSigned = false },
        "raw key bytes": { $0.key = Array(PortalToken.key.utf8) },
        "no exp": { $0.payload["exp"] = nil },
        "exp as text": { $0.payload["exp"] = "9999999999" },
        "expired by one second": { $0.payload["exp"] = .number(NumberLiteral(Int(PortalToken.now) - 1)) },
        "expiring now": { $0.payload["exp"] = .number(NumberLiteral(Int(PortalToken.now))) },
        "not yet valid": { $0.payload["nbf"] = .number(NumberLiteral(Int(PortalToken.now) + 1)) },
        "no mlpuser": { $0.payload["mlpuser"] = nil },
        "mlpuser null": { $0.payload["mlpuser"] = .null as Document },
        "no user id": { $0 = PortalToken(user: "") },
        "header is no object": { $0.header = ["HS512"] },
    ]

    /// The token with a good code of another digest (RFC 7518, section 3.2), made by the `openssl` command.
    private func text(signedWith digest: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let hex = key.map { String(format: "%02x", $0) }.joined()
        process.arguments = ["openssl", "dgst", "-\(digest)", "-mac", "HMAC", "-macopt", "hexkey:\(hex)", "-binary"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(head.utf8))
        try input.fileHandleForWriting.close()
        let code = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0, code.count >= 32 else {
            throw HelperError(description: "openssl made no \(digest) code")
        }
        return head + "." + Self.base64URL(Array(code))
    }
}
