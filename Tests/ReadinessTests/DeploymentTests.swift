import Documents
import Kubernetes
import Testing

struct DeploymentTests {
    private static let available = #"{"type":"Available","status":"True"}"#
    private static let complete = #""replicas":1,"updatedReplicas":1,"readyReplicas":1,"availableReplicas":1"#

    @Test func `A deployment with all replicas updated, ready and available is ready`() throws {
        let json = Fixture.deployment(counts: Self.complete, conditions: Self.available)
        expect(try Fixture(deployment: json).deploymentVerdict(), .ready, "1 of 1 replicas are available")
    }

    @Test func `The generation comes first: an older status proves nothing`() throws {
        let json = Fixture.deployment(generation: 3, counts: Self.complete, conditions: Self.available)
        expect(
            try Fixture(deployment: json).deploymentVerdict(), .progressing,
            "Waiting for deployment spec update to be observed..."
        )
    }

    @Test(arguments: [
        (1, #""replicas":1"#, "0 of 1 replicas are updated"),
        (2, #""replicas":2,"updatedReplicas":1"#, "1 of 2 replicas are updated"),
        (1, #""replicas":2,"updatedReplicas":1,"readyReplicas":1"#, "1 old replica is pending termination"),
        (1, #""replicas":3,"updatedReplicas":1,"readyReplicas":1"#, "2 old replicas are pending termination"),
        (2, #""replicas":2,"updatedReplicas":2,"availableReplicas":1"#, "1 of 2 updated replicas are available"),
        (1, #""replicas":1,"updatedReplicas":1,"availableReplicas":1"#, "0 of 1 replicas are ready"),
        (1, complete, "the condition Available is not True yet"),
    ])
    func `It says which count is missing`(wanted: Int, counts: String, reason: String) throws {
        let json = Fixture.deployment(wanted: wanted, counts: counts)
        expect(try Fixture(deployment: json).deploymentVerdict(), .progressing, reason)
    }

    @Test(arguments: [
        (1, #""replicas":9223372036854775807,"updatedReplicas":-1"#),
        (1, #""replicas":-9223372036854775808,"updatedReplicas":9223372036854775807,"availableReplicas":1"#),
        (Int.max, #""replicas":1,"updatedReplicas":9223372036854775807,"availableReplicas":9223372036854775807"#),
    ])
    func `Counts that no cluster has end nothing`(wanted: Int, counts: String) throws {
        let json = Fixture.deployment(wanted: wanted, counts: counts)
        #expect(try Fixture(deployment: json).deploymentVerdict().state == .progressing)
    }

    @Test func `What is not there, is being deleted or is scaled to nothing is not ready`() throws {
        let nothing = ClusterSnapshot()
        expect(
            Readiness.deployment(named: "gui", in: nothing, at: start), .progressing,
            "deployment \"gui\" is not there yet"
        )
        let scaled = Fixture.deployment(wanted: 0, counts: #""replicas":0"#, conditions: Self.available)
        expect(
            try Fixture(deployment: scaled).deploymentVerdict(), .warning,
            "deployment \"gui\" is scaled to 0 replicas: nothing runs"
        )
        let deleted = #"{"metadata":{"name":"gui","uid":"deployment","deletionTimestamp":"2026-01-01T00:00:00Z"}}"#
        expect(try Fixture(deployment: deleted).deploymentVerdict(), .failed, "deployment \"gui\" is being deleted")
    }

    @Test func `An exceeded deadline fails with the reason of the pod`() throws {
        let condition = """
            {"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded",
             "message":"ReplicaSet \\"rs-2\\" has timed out progressing."}
            """
        var fixture = try Fixture(deployment: Fixture.deployment(conditions: condition))
        expect(
            fixture.deploymentVerdict(), .failed,
            "ProgressDeadlineExceeded: ReplicaSet \"rs-2\" has timed out progressing."
        )
        try fixture.add(.pod, Fixture.pod(container: #""state":{"waiting":{"reason":"ContainerCreating"}}"#))
        expect(
            fixture.deploymentVerdict(), .failed,
            "ProgressDeadlineExceeded: ReplicaSet \"rs-2\" has timed out progressing.; "
                + "container \"model\" of pod \"gui-1\" is waiting (ContainerCreating)"
        )
    }

    private static let crash = #""state":{"waiting":{"reason":"CrashLoopBackOff"}},"restartCount":3"#

    @Test(arguments: [
        ("of another deployment", "other", ""),
        ("without an owner", "", ""),
        ("of an older revision", "rs-1", ""),
        ("that is being deleted", "rs-2", #","deletionTimestamp":"2026-01-01T00:00:00Z""#),
    ])
    func `A crashing pod does not count if it is one`(which: String, owner: String, metadata: String) throws {
        var fixture = try Fixture()
        try fixture.add(.replicaSet, Fixture.replicaSet(uid: "rs-1", revision: 1))
        try fixture.add(.replicaSet, Fixture.replicaSet(uid: "rs-9", revision: 9, owner: "somebody"))
        try fixture.add(.pod, Fixture.pod(owner: owner, metadata: metadata, container: Self.crash))
        expect(fixture.deploymentVerdict(), .progressing, "0 of 1 updated replicas are available")
    }

    @Test func `Revisions are numbers: the tenth is newer than the ninth`() throws {
        var fixture = try Fixture()
        try fixture.add(.replicaSet, Fixture.replicaSet(uid: "rs-9", revision: 9))
        try fixture.add(.replicaSet, Fixture.replicaSet(uid: "rs-10", revision: 10))
        try fixture.add(.pod, Fixture.pod(owner: "rs-10", container: Self.crash))
        expect(
            fixture.deploymentVerdict(), .failed,
            "container \"model\" of pod \"gui-1\" is crashing repeatedly, 3 restarts"
        )
    }

    @Test func `Finished pods do not count, failed ones only while nothing has replaced them`() throws {
        var fixture = try Fixture()
        try fixture.add(.pod, Fixture.pod(container: Self.crash, status: #""phase":"Succeeded""#))
        expect(fixture.deploymentVerdict(), .progressing, "0 of 1 updated replicas are available")
        try fixture.add(.pod, Fixture.pod(status: #""phase":"Failed","reason":"NodeAffinity","message":"no match""#))
        expect(fixture.deploymentVerdict(), .failed, "pod \"gui-1\" has failed: NodeAffinity: no match")
        try fixture.add(.pod, Fixture.pod(2))
        expect(
            fixture.deploymentVerdict(), .progressing,
            "0 of 1 updated replicas are available; pod \"gui-2\" is starting"
        )
    }

    @Test(arguments: [
        (
            "pods \"gui-\" is forbidden: exceeded quota: small, requested: pods=1, used: pods=4, limited: pods=4",
            Verdict.State.failed
        ),
        ("pods \"gui-\" is forbidden: violates PodSecurity \"restricted:latest\"", .failed),
        ("admission webhook \"policy.example\" denied the request: no", .failed),
        ("pods \"gui-\" is forbidden: error looking up service account x/default: not found", .warning),
        ("Operation cannot be fulfilled on resourcequotas \"small\"", .warning),
    ])
    func `Pods that the cluster refuses are told verbatim`(words: String, state: Verdict.State) throws {
        var fixture = try Fixture(deployment: Fixture.deployment(counts: #""replicas":0"#))
        try fixture.add(.replicaSet, Fixture.replicaSet(replicas: 0))
        try fixture.event("FailedCreate", words, of: "rs-2")
        expect(fixture.deploymentVerdict(), state, "the cluster creates no pods: \(words)")

        let quoted = Document.string(words).jsonText()
        let condition = #"{"type":"ReplicaFailure","status":"True","reason":"FailedCreate","message":\#(quoted)}"#
        let other = try Fixture(deployment: Fixture.deployment(counts: #""replicas":0"#, conditions: condition))
        expect(other.deploymentVerdict(), state, "the cluster creates no pods: \(words)")
    }

    @Test func `A refusal that is over does not count`() throws {
        var fixture = try Fixture()
        try fixture.event("FailedCreate", "pods \"gui-\" is forbidden: exceeded quota", of: "rs-2")
        expect(fixture.deploymentVerdict(), .progressing, "0 of 1 updated replicas are available")
    }

    @Test func `What is deleted is forgotten, and a list replaces all`() throws {
        var fixture = try Fixture()
        let pod = try Document(json: Fixture.pod(container: Self.crash))
        fixture.snapshot.apply(.pod, .added, pod)
        #expect(fixture.deploymentVerdict().state == .failed)
        fixture.snapshot.apply(.pod, .deleted, pod)
        #expect(fixture.deploymentVerdict().state == .progressing)
        fixture.snapshot.apply(.pod, .modified, pod)
        fixture.snapshot.replace(.pod, with: [])
        #expect(fixture.deploymentVerdict().state == .progressing)
    }
}
