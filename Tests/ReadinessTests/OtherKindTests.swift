import Documents
import Kubernetes
import Testing

struct OtherKindTests {
    @Test(arguments: [
        (#"{"metadata":{"name":"x"},"status":{"phase":"Active"}}"#, Verdict.State.ready, "namespace \"x\" is active"),
        (
            #"{"metadata":{"name":"x"},"status":{"phase":"Terminating"}}"#, .failed,
            "namespace \"x\" is being deleted (Terminating)"
        ),
        (#"{"metadata":{"name":"x"}}"#, .progressing, "namespace \"x\" is not active yet"),
    ])
    func `Namespaces`(json: String, state: Verdict.State, reason: String) throws {
        expect(Readiness.namespace(try Document(json: json)), state, reason)
    }

    @Test(arguments: [
        (#"{"type":"Complete","status":"True"}"#, Verdict.State.ready, "job \"x\" is complete"),
        (
            #"{"type":"Failed","status":"True","reason":"BackoffLimitExceeded","message":"limit reached"}"#, .failed,
            "job \"x\" has failed: BackoffLimitExceeded: limit reached"
        ),
        (#"{"type":"Complete","status":"False"}"#, .progressing, "job \"x\" is not complete yet"),
    ])
    func `Jobs`(condition: String, state: Verdict.State, reason: String) throws {
        let json = #"{"metadata":{"name":"x"},"status":{"conditions":[\#(condition)]}}"#
        expect(Readiness.job(try Document(json: json)), state, reason)
    }

    @Test(arguments: [
        (
            #"{"type":"ClusterIP","clusterIP":"10.0.0.1"}"#, "{}", Verdict.State.ready,
            "service \"x\" has a cluster address"
        ),
        (#"{"type":"NodePort","clusterIP":"10.0.0.1"}"#, "{}", .ready, "service \"x\" has a cluster address"),
        (#"{"clusterIP":"None"}"#, "{}", .ready, "service \"x\" has a cluster address"),
        (#"{"type":"ExternalName"}"#, "{}", .ready, "service \"x\" is a name only"),
        (#"{"type":"ClusterIP"}"#, "{}", .progressing, "service \"x\" has no cluster address yet"),
        (
            #"{"type":"LoadBalancer","clusterIP":"10.0.0.1"}"#, "{}", .progressing,
            "service \"x\" waits for its load balancer"
        ),
        (
            #"{"type":"LoadBalancer","clusterIP":"10.0.0.1"}"#, #"{"ingress":[{"ip":"192.0.2.1"}]}"#, .ready,
            "service \"x\" answers at 192.0.2.1"
        ),
    ])
    func `Services`(spec: String, balancer: String, state: Verdict.State, reason: String) throws {
        var snapshot = ClusterSnapshot()
        let json = #"{"metadata":{"name":"x"},"spec":\#(spec),"status":{"loadBalancer":\#(balancer)}}"#
        snapshot.apply(.service, .added, try Document(json: json))
        expect(Readiness.service(named: "x", in: snapshot, at: start), state, reason)
    }

    @Test func `A load balancer that can't be had is told by events only, the newest first`() throws {
        var fixture = try Fixture()
        let json = #"{"metadata":{"name":"x","uid":"s"},"spec":{"type":"LoadBalancer","clusterIP":"10.0.0.1"}}"#
        try fixture.add(.service, json)
        try fixture.event("SyncLoadBalancerFailed", "older", of: "s")
        try fixture.event("SyncLoadBalancerFailed", "quota exceeded for floatingip", of: "s", after: 9)
        expect(
            Readiness.service(named: "x", in: fixture.snapshot, at: start), .warning,
            "service \"x\" gets no load balancer: SyncLoadBalancerFailed: quota exceeded for floatingip"
        )
    }
}
