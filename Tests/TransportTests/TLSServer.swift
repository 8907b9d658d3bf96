import Foundation
import Testing

/// `openssl s_server` with a certificate of a test's authority.
enum TLSServer {
    static func serving(
        _ authority: TestAuthority,
        certificate: String = "server",
        _ options: [String] = ["-www"],
        _ body: (Int) async throws -> Void
    ) async throws {
        let output = authority.folder.appending(path: "output")
        let path = authority.folder.path
        let options = options.contains("-rev") ? options : ["-www"] + options.filter { $0 != "-www" }
        // Port 0 lets the system choose; the server says which one it got.
        let arguments =
            ["openssl", "s_server", "-accept", "127.0.0.1:0", "-key", "\(path)/\(certificate).key"]
            + ["-cert", "\(path)/\(certificate).pem"] + options.map { $0 == "ca.pem" ? "\(path)/ca.pem" : $0 }
        try await ChildProcess.running(arguments, output: output) {
            var port: Int?
            for _ in 0..<1_000 where port == nil {
                try await Task.sleep(for: .milliseconds(10))
                let text = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
                port = text.firstMatch(of: /ACCEPT [^\n]*:([0-9]+)\n/).flatMap { Int($0.1) }
            }
            try await body(try #require(port, "openssl s_server did not start"))
        }
    }
}
