import Documents
import Kubernetes
import Testing

/// 2026-01-01T00:00:00Z.
let start: Int64 = 1_767_225_600

/// The objects of one deployment "gui" with one pod "gui-1", as the API shows them.
struct Fixture {
    var snapshot = ClusterSnapshot()

    init(deployment: String? = nil) throws {
        try add(.deployment, deployment ?? Self.deployment())
        try add(.replicaSet, Self.replicaSet())
    }

    mutating func add(_ kind: ObjectKind, _ json: String) throws {
        snapshot.apply(kind, .added, try Document(json: json))
    }

    /// An event of an object, as many seconds after the start.
    mutating func event(
        _ reason: String,
        _ message: String,
        of uid: String = "pod-1",
        field: String = "",
        type: String = "Warning",
        count: Int = 1,
        after seconds: Int = 0
    ) throws {
        let event: Document = [
            "metadata": ["name": .string("event-\(snapshot.events.count)")],
            "involvedObject": ["uid": .string(uid), "fieldPath": .string(field)],
            "reason": .string(reason), "message": .string(message), "type": .string(type),
            "count": .number(NumberLiteral(count)),
            "lastTimestamp": .string("2026-01-01T00:00:\(seconds < 10 ? "0" : "")\(seconds)Z"),
        ]
        snapshot.apply(.event, .added, event)
    }

    func deploymentVerdict(after seconds: Int64 = 0) -> Verdict {
        Readiness.deployment(named: "gui", in: snapshot, at: start + seconds)
    }

    static func deployment(
        generation: Int = 2,
        observed: Int = 2,
        wanted: Int = 1,
        counts: String = #""replicas":1,"updatedReplicas":1,"unavailableReplicas":1"#,
        conditions: String = #"{"type":"Available","status":"False"}"#
    ) -> String {
        """
        {"metadata":{"name":"gui","uid":"deployment","generation":\(generation)},"spec":{"replicas":\(wanted)},
         "status":{"observedGeneration":\(observed),\(counts),"conditions":[\(conditions)]}}
        """
    }

    static func replicaSet(uid: String = "rs-2", revision: Int = 2, owner: String = "deployment", replicas: Int = 1)
        -> String
    {
        """
        {"metadata":{"name":"\(uid)","uid":"\(uid)","ownerReferences":[{"uid":"\(owner)"}],
          "annotations":{"deployment.kubernetes.io/revision":"\(revision)"}},
         "spec":{"replicas":1},"status":{"replicas":\(replicas)}}
        """
    }

    /// A pod with one container "model".
    static func pod(
        _ number: Int = 1,
        owner: String = "rs-2",
        metadata: String = "",
        container: String = "",
        status: String = #""phase":"Pending""#,
        claim: String = ""
    ) -> String {
        let volumes = claim.isEmpty ? "" : #","volumes":[{"persistentVolumeClaim":{"claimName":"\#(claim)"}}]"#
        let containers = container.isEmpty ? "" : #","containerStatuses":[{"name":"model",\#(container)}]"#
        return """
            {"metadata":{"name":"gui-\(number)","uid":"pod-\(number)","ownerReferences":[{"uid":"\(owner)"}]\(metadata)},
             "spec":{"nodeName":"node-\(number)","containers":[{"name":"model","image":"registry/model:1",
               "resources":{"limits":{"memory":"512Mi"}}}]\(volumes)},
             "status":{\(status)\(containers)}}
            """
    }
}

/// Expects the state and the literal reason.
func expect(
    _ verdict: Verdict,
    _ state: Verdict.State,
    _ reason: String,
    at location: SourceLocation = #_sourceLocation
) {
    #expect(verdict.state == state, sourceLocation: location)
    #expect(verdict.reason == reason, sourceLocation: location)
}
