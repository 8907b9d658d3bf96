import Testing

@testable import graphene_deployer

@Suite("A stream that broke")
struct ReconnectionTests {
    @Test("is asked for again after longer and longer pauses, and then no more")
    func pauses() {
        var reconnection = Reconnection()
        let pauses = (0..<Reconnection.attempts).map { _ in
            reconnection.delay(after: .zero, hasProgress: false, retry: 1_000)
        }
        #expect(pauses.dropLast() == [1, 2, 4, 8, 16, 30, 30].map { .seconds($0) })
        #expect(pauses.last == .some(nil))
    }

    @Test(
        "is given all attempts again once a connection was worth it",
        arguments: [(.zero, true), (Reconnection.lasting, false)] as [(Duration, Bool)]
    )
    func progress(lasted: Duration, hasProgress: Bool) {
        var reconnection = Reconnection()
        for _ in 0..<100 {
            #expect(reconnection.delay(after: lasted, hasProgress: hasProgress, retry: 1_000) == .seconds(1))
        }
    }

    @Test(
        "waits as long as the server asks, within reason",
        arguments: [(nil, 500), (0, 10), (-5, 10), (2_000, 2_000), (.max, 30_000)] as [(Int?, Int)]
    )
    func asked(retry: Int?, milliseconds: Int) {
        var reconnection = Reconnection()
        #expect(reconnection.delay(after: .zero, hasProgress: false, retry: retry) == .milliseconds(milliseconds))
    }
}
