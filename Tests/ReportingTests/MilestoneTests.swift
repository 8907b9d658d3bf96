import Testing

@testable import DeployerHost

/// When work on a deployment begins and ends, whatever targets report.
@Suite struct MilestoneTests {
    typealias Milestone = DeploymentMilestones.Milestone
    /// An event, and the state that the deployment is in then.
    typealias Event = (kind: String, state: String?, of: DeploymentState)

    private static func milestones(_ events: [Event]) throws -> [Milestone] {
        var milestones = DeploymentMilestones()
        return try events.compactMap { event in
            let stored = StoredEvent(id: 1, time: 0, kind: event.kind, state: event.state, text: "")
            return milestones.take(stored, of: try ReportFixture.record(event.of))
        }
    }

    @Test func `Work begins with its first phase and ends with its end, each time`() throws {
        let way: [Event] = [
            ("state", "queued", .queued), ("phase", "fetching", .fetching),
            ("phase", "planning", .planning),
            ("failure", nil, .failed), ("state", "failed", .failed),
        ]
        #expect(try Self.milestones(way + way) == [.began, .ended, .began, .ended])
    }

    @Test func `What a target says of states and phases that are none changes nothing`() throws {
        let events: [Event] = [
            ("state", "running", .applying), ("phase", "applying", .applying),
            ("phase", "running", .applying), ("state", "queued", .applying), ("state", "applying", .applying),
        ]
        #expect(
            try Self.milestones([("state", "queued", .queued), ("phase", "fetching", .fetching)] + events) == [.began])
    }

    @Test func `What comes after the end is none`() throws {
        let events: [Event] = [
            ("state", "queued", .queued), ("state", "cancelled", .cancelled),
            ("state", "cancelled", .cancelled), ("phase", "fetching", .cancelled),
            ("information", "cancelled", .cancelled),
        ]
        #expect(try Self.milestones(events) == [.ended])
    }
}
