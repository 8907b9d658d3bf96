internal import Documents

/// A sign of progress: something that happened to an object for the first time.
public struct ProgressMark: Sendable, Hashable {
    /// The uid of the object.
    let object: String
    /// An event's reason and the part of the object that it is about, or a counter and its value.
    let step: String
}

extension ClusterSnapshot {
    /// The signs of progress of the objects in this snapshot. Events of other objects are none, and neither are
    /// restarts.
    public var progressMarks: Set<ProgressMark> {
        let objects = [deployments, replicaSets, pods, services, claims].flatMap(\.values)
        let uids = Set(objects.compactMap(\.uid))
        var marks: Set<ProgressMark> = []
        for event in events.values.map(ClusterEvent.init) where uids.contains(event.objectUID) {
            guard Self.progressReasons.contains(event.reason) else { continue }
            marks.insert(ProgressMark(object: event.objectUID, step: "\(event.reason) \(event.field)"))
        }
        for object in objects {
            guard let uid = object.uid else { continue }
            for step in object.reachedSteps { marks.insert(ProgressMark(object: uid, step: step)) }
        }
        return marks
    }

    private static let progressReasons: Set<String> = [
        "Scheduled", "Pulling", "Pulled", "Created", "Started", "SuccessfulCreate", "SuccessfulAttachVolume",
        "ProvisioningSucceeded", "EnsuredLoadBalancer", "TriggeredScaleUp",
    ]
}

extension Document {
    fileprivate var reachedSteps: [String] {
        let counters = ["observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas"]
        let counts = counters.compactMap { name in
            self["status"]?[name]?.integer.map { "\(name) \($0)" }
        }
        return counts + [phase.map { "phase \($0)" }].compactMap { $0 }
    }
}
