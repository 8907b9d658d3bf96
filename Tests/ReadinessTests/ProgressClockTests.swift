import Documents
import Kubernetes
import Testing

struct ProgressClockTests {
    @Test func `Only time without progress counts`() throws {
        var fixture = try Fixture()
        try fixture.add(.pod, Fixture.pod())
        var clock = ProgressClock(quietLimit: 60, startedAt: start)
        clock.observe(fixture.snapshot.progressMarks, at: start)
        #expect(!clock.isExpired(at: start + 59))
        #expect(clock.isExpired(at: start + 60))
        for (step, reason) in ["Scheduled", "Pulling", "Pulled", "Created", "Started"].enumerated() {
            try fixture.event(reason, reason, type: "Normal")
            let now = start + 50 * Int64(step + 1)
            clock.observe(fixture.snapshot.progressMarks, at: now)
            #expect(clock.expiry == now + 60, "\(reason)")
        }
        try fixture.add(.pod, Fixture.pod(status: #""phase":"Running""#))
        clock.observe(fixture.snapshot.progressMarks, at: start + 300)
        #expect(clock.expiry == start + 360)
    }

    @Test func `Restarts, repeated events, foreign objects and warnings are no progress`() throws {
        var fixture = try Fixture()
        try fixture.add(.pod, Fixture.pod(container: #""restartCount":1"#))
        try fixture.event("Started", "Started container model", type: "Normal")
        var clock = ProgressClock(quietLimit: 60, startedAt: start)
        clock.observe(fixture.snapshot.progressMarks, at: start)
        try fixture.add(.pod, Fixture.pod(container: #""restartCount":2"#))
        try fixture.event("Started", "Started container model", type: "Normal", count: 2, after: 30)
        try fixture.event("Started", "Started container model", of: "foreign", type: "Normal")
        try fixture.event("BackOff", "Back-off restarting failed container")
        clock.observe(fixture.snapshot.progressMarks, at: start + 30)
        #expect(clock.expiry == start + 60)
    }

    @Test func `A counter that returns to an earlier value is no progress`() throws {
        var clock = ProgressClock(quietLimit: 60, startedAt: start)
        for (step, ready) in [0, 1, 0, 1].enumerated() {
            let json = Fixture.deployment(counts: #""readyReplicas":\#(ready)"#)
            clock.observe(try Fixture(deployment: json).snapshot.progressMarks, at: start + Int64(step) * 10)
        }
        #expect(clock.expiry == start + 70)
    }

    @Test func `A limit for the whole holds in spite of progress`() throws {
        var clock = ProgressClock(quietLimit: 60, totalLimit: 90, startedAt: start)
        clock.observe(try Fixture().snapshot.progressMarks, at: start + 50)
        #expect(!clock.isExpired(at: start + 89))
        #expect(clock.isExpired(at: start + 90))
    }
}
