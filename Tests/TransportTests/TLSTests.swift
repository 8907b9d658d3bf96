import Foundation
import TestSupport
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct TLSTests {
    @Test func `A certificate that nobody vouches for ends the request`() async throws {
        try await Repository.withFolder { folder in
            try await TLSServer.serving(in: folder) { port in
                let error = await expectError(.tls) {
                    try await HTTPClient().send(HTTPRequest(url: "https://localhost:\(port)/?token=hunter"))
                }
                #expect(error?.reason.contains("certificate") == true)
                #expect(error?.description.contains("hunter") == false)
            }
        }
    }

    @Test func `A server that does not speak TLS is a TLS error`() async throws {
        try await StandIn.serving { _ in
            StandInAnswer("{}")
        } _: { server in
            await expectError(.tls) {
                try await HTTPClient().send(HTTPRequest(url: "https://127.0.0.1:\(server.portNumber)/"))
            }
        }
    }
}

/// `openssl s_server` with a certificate of its own.
private enum TLSServer {
    static func serving(in folder: URL, _ body: (Int) async throws -> Void) async throws {
        let output = folder.appending(path: "output")
        // Port 0 lets the system choose; the server says which one it got.
        let script = """
            cd "$0" && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 \
                -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem 2>/dev/null &&
            exec openssl s_server -accept 127.0.0.1:0 -www -key key.pem -cert cert.pem </dev/null >output 2>&1
            """
        let process = try spawn(["/bin/sh", "-c", script, folder.path])
        defer {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
        var port: Int?
        for _ in 0..<1_000 where port == nil {
            try await Task.sleep(for: .milliseconds(10))
            let text = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
            port = text.firstMatch(of: /ACCEPT [^\n]*:([0-9]+)\n/).flatMap { Int($0.1) }
        }
        try await body(try #require(port, "openssl s_server did not start"))
    }

    private static func spawn(_ arguments: [String]) throws -> pid_t {
        var process = pid_t()
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        #expect(posix_spawn(&process, arguments[0], nil, nil, &pointers, environ) == 0)
        try #require(process > 0)
        return process
    }
}
