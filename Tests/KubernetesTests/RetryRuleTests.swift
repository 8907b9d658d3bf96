import Testing

@testable import Kubernetes
@testable import Transport

struct RetryRuleTests {
    private func pause(_ status: Int, after: String? = nil, isIdempotent: Bool = true, attempt: Int = 1) -> Duration? {
        let headers: HTTPHeaders = after.map { ["Retry-After": $0] } ?? [:]
        let response = HTTPResponse(status: status, headers: headers, body: [], trailers: [:])
        return RetryRule(isIdempotent: isIdempotent).pause(after: response, attempt: attempt)
    }

    @Test func `An overloaded server is asked again when it wants to be, whatever the method`() {
        #expect(pause(429, after: "3") == .seconds(3))
        #expect(pause(429, after: "3", isIdempotent: false) == .seconds(3))
        #expect(pause(429, after: "86400") == .seconds(30), "nobody keeps a user waiting for a day")
        #expect(pause(429) == .milliseconds(100))
    }

    @Test(arguments: [500, 502, 503, 504])
    func `A failing server is asked again only for what may be done twice`(status: Int) {
        #expect(pause(status) == .milliseconds(100))
        #expect(pause(status, isIdempotent: false) == nil)
    }

    @Test(arguments: [400, 401, 403, 404, 409, 410, 422])
    func `A verdict stands`(status: Int) {
        #expect(pause(status) == nil)
    }

    @Test func `Pauses grow, and attempts end`() {
        #expect((1...5).map { pause(503, attempt: $0) } == [100, 200, 400, 800, 1_600].map { .milliseconds($0) })
        #expect(pause(503, attempt: 6) == nil)
        #expect(pause(429, after: "1", attempt: 6) == nil)
    }

    @Test func `What never reached the server may be sent again, a broken connection only if harmless`() {
        let unreachable = TransportError(.unreachable, host: "h", reason: "refused")
        let broken = TransportError(.failed, host: "h", reason: "reset")
        let refused = TransportError(.refusedByPolicy, host: "h", reason: "private")
        #expect(RetryRule(isIdempotent: false).pause(after: unreachable, attempt: 1) != nil)
        #expect(RetryRule(isIdempotent: false).pause(after: broken, attempt: 1) == nil)
        #expect(RetryRule(isIdempotent: true).pause(after: broken, attempt: 1) != nil)
        #expect(RetryRule(isIdempotent: true).pause(after: refused, attempt: 1) == nil)
    }
}
