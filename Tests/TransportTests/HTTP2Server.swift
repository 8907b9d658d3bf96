import Foundation
import TestSupport
import Testing
import Transport

/// nghttpd with a certificate of an authority of its own.
struct HTTP2Server {
    static let largeSize = 64 << 20
    let url: String
    let tls: TLSSettings
    private let log: URL

    /// How many bytes of bodies were sent.
    var sentBytes: Int {
        get throws {
            let text = try String(contentsOf: log, encoding: .utf8)
            return text.matches(of: /send DATA frame <length=([0-9]+)/).reduce(0) { $0 + (Int($1.1) ?? 0) }
        }
    }

    /// The values of a header that were received.
    func received(_ name: String) throws -> [String] {
        let text = try String(contentsOf: log, encoding: .utf8)
        return text.split(separator: "\n").filter { $0.contains(" recv ") && $0.contains(" \(name): ") }
            .compactMap { $0.split(separator: " ").last.map(String.init) }
    }

    /// How many connections brought a request.
    var connections: Int {
        get throws {
            let text = try String(contentsOf: log, encoding: .utf8)
            return Set(text.matches(of: /\[id=([0-9]+)\][^\n]*:method:/).map(\.1)).count
        }
    }

    static func serving(
        _ options: [String] = [],
        isEncrypted: Bool = true,
        _ body: (HTTP2Server) async throws -> Void
    ) async throws {
        try await Repository.withFolder { folder in
            let authority = try TestAuthority(in: folder)
            try Data("small".utf8).write(to: folder.appending(path: "small"))
            try Data().write(to: folder.appending(path: "large"))
            truncate(folder.appending(path: "large").path, off_t(largeSize))
            let log = folder.appending(path: "log")
            var arguments =
                ["/usr/sbin/nghttpd", "-v", "--echo-upload", "-a", "127.0.0.1", "-d", folder.path] + options
            if !isEncrypted { arguments.append("--no-tls") }
            arguments.append("0")
            if isEncrypted { arguments += ["server.key", "server.pem"].map { folder.appending(path: $0).path } }
            try await ChildProcess.serving(arguments, output: log) { port in
                try await body(
                    HTTP2Server(
                        url: "\(isEncrypted ? "https" : "http")://127.0.0.1:\(port)",
                        tls: try authority.tls(),
                        log: log
                    )
                )
            }
        }
    }
}
