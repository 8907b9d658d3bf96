internal import Documents

extension ClusterSnapshot {
    /// The ReplicaSet of a Deployment's current template: that of the highest revision, as `kubectl` numbers them.
    func newestReplicaSet(of deployment: Document) -> Document? {
        guard let uid = deployment.uid else { return nil }
        return replicaSets.values.filter { $0.isOwned(by: uid) }.max { $0.revisionKey < $1.revisionKey }
    }

    /// The pods of a ReplicaSet that count: neither finished nor about to go. In the order of their names.
    func pods(of replicaSet: Document) -> [Document] {
        guard let uid = replicaSet.uid else { return [] }
        return pods.values
            .filter { $0.isOwned(by: uid) && !$0.isBeingDeleted && $0.phase != "Succeeded" }
            .sorted { ($0.name ?? "") < ($1.name ?? "") }
    }

    /// The events of an object, newest first, each text once.
    func events(of object: Document) -> [ClusterEvent] {
        guard let uid = object.uid else { return [] }
        var seen: Set<String> = []
        return events.values.map(ClusterEvent.init)
            .filter { $0.objectUID == uid }
            .sorted { ($0.time, $0.name) > ($1.time, $1.name) }
            .filter { seen.insert("\($0.reason) \($0.message)").inserted }
    }

    /// Other pods that are on a node with one of the pod's claims.
    func podsSharingVolumes(with pod: Document) -> [Document] {
        let claims = Set(pod.claimNames)
        return pods.values
            .filter { $0.uid != pod.uid && $0.nodeName != nil && !claims.isDisjoint(with: $0.claimNames) }
            .sorted { ($0.name ?? "") < ($1.name ?? "") }
    }
}

extension Document {
    fileprivate var revisionKey: (Int, String, String) {
        let annotation = self["metadata"]?["annotations"]?["deployment.kubernetes.io/revision"]?.string
        return (annotation.flatMap { Int($0) } ?? 0, self["metadata"]?["creationTimestamp"]?.string ?? "", name ?? "")
    }
}
