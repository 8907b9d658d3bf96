import Foundation
import TestSupport
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)), .serialized)
struct ProxyTests {
    @Test func `A proxy of the environment is not used`() async throws {
        try await StandIn.serving { _ in
            StandInAnswer("proxy")
        } _: { proxy in
            try await StandIn.serving { _ in
                StandInAnswer("direct")
            } _: { server in
                // Safe beside other tests: they would not use it either.
                for name in ["http_proxy", "all_proxy", "ALL_PROXY"] { setenv(name, proxy.url, 1) }
                defer { for name in ["http_proxy", "all_proxy", "ALL_PROXY"] { unsetenv(name) } }
                let response = try await HTTPClient().send(HTTPRequest(url: server.url))
                #expect(response.body == Array("direct".utf8))
                #expect(proxy.requests.isEmpty)
            }
        }
    }
}
