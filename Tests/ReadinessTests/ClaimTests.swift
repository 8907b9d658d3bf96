import Documents
import Kubernetes
import Testing

struct ClaimTests {
    private static let classes = [
        """
        {"metadata":{"name":"cinder-csi","annotations":{"storageclass.kubernetes.io/is-default-class":"true"}},
         "provisioner":"cinder.csi.openstack.org","volumeBindingMode":"Immediate"}
        """,
        #"{"metadata":{"name":"late"},"provisioner":"nfs","volumeBindingMode":"WaitForFirstConsumer"}"#,
    ]

    private func fixture(spec: String, phase: String = "Pending") throws -> Fixture {
        var fixture = try Fixture()
        for json in Self.classes { try fixture.add(.storageClass, json) }
        try fixture.add(
            .claim,
            #"{"metadata":{"name":"x","uid":"c"},"spec":{\#(spec)},"status":{"phase":"\#(phase)"}}"#
        )
        return fixture
    }

    private func verdict(_ fixture: Fixture) -> Verdict { Readiness.claim(named: "x", in: fixture.snapshot, at: start) }

    @Test(arguments: [
        ("", "Bound", Verdict.State.ready, "claim \"x\" is bound"),
        ("", "Lost", .failed, "claim \"x\" has lost its volume (Lost)"),
        ("", "Pending", .progressing, "claim \"x\" waits for its volume"),
        (
            #""storageClassName":"late""#, "Pending", .progressing,
            "claim \"x\" waits for its first pod (WaitForFirstConsumer)"
        ),
        (
            #""storageClassName":"none""#, "Pending", .warning,
            "claim \"x\" gets no volume: there is no storage class \"none\""
        ),
        (
            #""storageClassName":"""#, "Pending", .warning,
            "claim \"x\" gets no volume: an empty storageClassName switches provisioning off"
        ),
        (#""storageClassName":"","volumeName":"v""#, "Pending", .progressing, "claim \"x\" waits for its volume"),
        (
            #""accessModes":["ReadWriteMany"]"#, "Bound", .ready,
            "claim \"x\" is bound, but cinder.csi.openstack.org attaches a volume to one node at a time"
        ),
        (#""accessModes":["ReadWriteMany"],"storageClassName":"late""#, "Bound", .ready, "claim \"x\" is bound"),
    ])
    func `The phase and the class decide`(spec: String, phase: String, state: Verdict.State, reason: String) throws {
        expect(verdict(try fixture(spec: spec, phase: phase)), state, reason)
    }

    @Test func `Failed provisioning warns and fails at the deadline`() throws {
        var fixture = try fixture(spec: "")
        try fixture.event("ProvisioningFailed", "VolumeSizeExceedsAvailableQuota", of: "c")
        expect(verdict(fixture), .warning, "claim \"x\" gets no volume: VolumeSizeExceedsAvailableQuota")
        #expect(verdict(fixture).atDeadline.state == .failed)
    }

    @Test func `Without a default class a claim has to name one`() throws {
        var fixture = try fixture(spec: "")
        fixture.snapshot.storageClasses["cinder-csi"] = nil
        expect(
            verdict(fixture), .warning, "claim \"x\" gets no volume: it names no storage class, and none is the default"
        )
    }
}
