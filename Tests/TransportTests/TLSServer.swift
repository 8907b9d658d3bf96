import Foundation
import TestSupport

/// `openssl s_server` with a certificate of a test's authority.
enum TLSServer {
    /// - Parameters:
    ///   - certificate: The name under which the authority issued it.
    ///   - isReversing: Whether the server sends back each line in reverse, instead of a page for each request.
    ///   - wantsClients: Whether only clients with a certificate of the authority are served.
    static func serving(
        _ authority: TestAuthority,
        certificate: String = "server",
        isReversing: Bool = false,
        wantsClients: Bool = false,
        _ body: (Int) async throws -> Void
    ) async throws {
        let path = authority.folder.path
        var arguments = ["openssl", "s_server", "-accept", "127.0.0.1:0", isReversing ? "-rev" : "-www"]
        arguments += ["-key", "\(path)/\(certificate).key", "-cert", "\(path)/\(certificate).pem"]
        if wantsClients { arguments += ["-Verify", "2", "-verify_return_error", "-CAfile", "\(path)/ca.pem"] }
        try await ChildProcess.serving(arguments, output: authority.folder.appending(path: "output"), body)
    }
}
