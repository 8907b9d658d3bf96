import Documents
import Kubernetes
import Testing

struct PodTests {
    private func verdict(_ fixture: Fixture, after seconds: Int64 = 0) -> Verdict {
        Readiness.pod(named: "gui-1", in: fixture.snapshot, at: start + seconds)
    }

    @Test func `A pod is ready by its condition`() throws {
        var fixture = try Fixture()
        let conditions = #","conditions":[{"type":"Ready","status":"True"}]"#
        try fixture.add(.pod, Fixture.pod(status: #""phase":"Running"\#(conditions)"#))
        expect(verdict(fixture), .ready, "pod \"gui-1\" is ready")
        try fixture.add(.pod, Fixture.pod(status: #""phase":"Running""#))
        expect(verdict(fixture), .progressing, "pod \"gui-1\" is starting")
        try fixture.event("Unhealthy", "Readiness probe failed: refused")
        expect(verdict(fixture), .progressing, "pod \"gui-1\" runs, but is not ready: Readiness probe failed: refused")
    }

    @Test func `Phase Failed is failed, but an evicted pod is replaced`() throws {
        var fixture = try Fixture()
        try fixture.add(.pod, Fixture.pod(status: #""phase":"Failed","reason":"OutOfcpu""#))
        expect(verdict(fixture), .failed, "pod \"gui-1\" has failed: OutOfcpu")
        try fixture.add(.pod, Fixture.pod(status: #""phase":"Failed","reason":"Evicted","message":"low on disk""#))
        expect(verdict(fixture), .warning, "pod \"gui-1\" was removed from its node: Evicted: low on disk")
    }

    private static func unscheduled(_ words: String) -> String {
        """
        "phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable",
          "lastTransitionTime":"2026-01-01T00:00:00Z","message":"\(words)"}]
        """
    }

    @Test(arguments: [(Int64(14), Verdict.State.progressing), (15, .failed)])
    func `An unschedulable pod fails after 15 seconds`(seconds: Int64, state: Verdict.State) throws {
        var fixture = try Fixture()
        try fixture.add(.pod, Fixture.pod(status: Self.unscheduled("0/2 nodes: insufficient cpu")))
        expect(verdict(fixture, after: seconds), state, "pod \"gui-1\" fits on no node: 0/2 nodes: insufficient cpu")
    }

    @Test func `A growing cluster and a volume that is being made let it wait`() throws {
        var fixture = try Fixture()
        try fixture.add(.pod, Fixture.pod(status: Self.unscheduled("pod has unbound immediate PersistentVolumeClaims")))
        #expect(verdict(fixture, after: 60).state == .warning)
        try fixture.add(.pod, Fixture.pod(status: Self.unscheduled("0/2 nodes")))
        #expect(verdict(fixture, after: 60).state == .failed)
        try fixture.event("TriggeredScaleUp", "pod triggered scale-up", type: "Normal")
        #expect(verdict(fixture, after: 60).state == .warning)
    }

    @Test func `A volume in use elsewhere is told with both pods and nodes`() throws {
        var fixture = try Fixture()
        let creating = #""state":{"waiting":{"reason":"ContainerCreating"}}"#
        try fixture.add(.pod, Fixture.pod(container: creating, claim: "shared"))
        try fixture.add(.pod, Fixture.pod(2, owner: "other", claim: "shared"))
        try fixture.add(.pod, Fixture.pod(3, owner: "other", claim: "own"))
        try fixture.event("FailedAttachVolume", "Multi-Attach error for volume \"pvc-1\"", after: 10)
        let reason =
            "pod \"gui-1\" on node \"node-1\" can't attach a volume, in use by pod \"gui-2\" on node \"node-2\": "
            + "Multi-Attach error for volume \"pvc-1\""
        expect(fixture.deploymentVerdict(), .warning, reason)
        expect(fixture.deploymentVerdict().atDeadline, .failed, reason)
        try fixture.event("SuccessfulAttachVolume", "attached", type: "Normal", after: 20)
        #expect(fixture.deploymentVerdict().state == .progressing)
    }

    @Test func `A volume that can't be mounted is a warning until the container has started`() throws {
        var fixture = try Fixture()
        try fixture.add(.pod, Fixture.pod(container: #""state":{"waiting":{"reason":"ContainerCreating"}}"#))
        try fixture.event("FailedMount", "MountVolume.SetUp failed for volume \"data\"")
        expect(
            verdict(fixture), .warning,
            "pod \"gui-1\" can't mount a volume: MountVolume.SetUp failed for volume \"data\""
        )
        try fixture.add(.pod, Fixture.pod(container: #""state":{"running":{}}"#))
        #expect(verdict(fixture).state == .progressing)
    }
}
