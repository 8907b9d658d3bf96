import Documents
import Kubernetes
import Testing

@testable import Creodias

struct NamespaceStateTests {
    private static let active: Document = ["metadata": ["name": "demo"], "status": ["phase": "Active"]]

    private func state(
        _ namespace: Document? = active,
        _ objects: [Document] = [],
        pods: [Document] = []
    ) -> NamespaceState {
        let objects = objects.map { (kind: $0["kind"]?.string ?? "", object: $0) }
        return NamespaceState(namespace: namespace, objects: objects, pods: pods, solution: Cluster.solution)
    }

    @Test func `A namespace that is not there is absent, and one without objects is empty`() {
        #expect(state(nil) == .absent)
        #expect(state() == .empty)
        #expect(state(.null) == .empty, "who may not read the namespace may use it all the same")
    }

    @Test func `A namespace with objects of this solution only is ours`() {
        #expect(state(Self.active, [Cluster.object(.deployment, "a"), Cluster.object(.claim, "data")]) == .ours)
    }

    @Test func `Another solution is named, whatever else is there`() {
        let other = Cluster.object(.service, "x", solution: "solution-2")
        #expect(state(Self.active, [Cluster.object(.deployment, "a"), other]) == .otherSolution("solution-2"))
    }

    @Test func `Objects of others are named, at most three of them`() {
        let strangers = ["w", "x", "y", "z"].map { Cluster.object(.deployment, $0, solution: nil) }
        #expect(state(Self.active, strangers) == .foreign("Deployment w, Deployment x, Deployment y and 1 more"))
    }

    @Test func `A pod without an owner is somebody's, one of a ReplicaSet is judged by its Deployment`() {
        let bare: Document = ["metadata": ["name": "debug"]]
        let owned: Document = ["metadata": ["name": "a-1", "ownerReferences": [["kind": "ReplicaSet"]]]]
        #expect(state(pods: [owned]) == .empty)
        #expect(state(pods: [bare, owned]) == .foreign("Pod debug"))
    }

    @Test(
        arguments: [
            ["metadata": ["name": "demo"], "status": ["phase": "Terminating"]],
            ["metadata": ["name": "demo", "deletionTimestamp": "2026-01-01T00:00:00Z"]],
        ] as [Document])
    func `A namespace that is being deleted is seen`(namespace: Document) {
        #expect(state(namespace) == .terminating)
    }
}
