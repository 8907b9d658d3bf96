public import Documents

/// Rules that judge objects of the cluster. Pure: no calls, no clock.
///
/// Each kind has a file of its own. The rules go by generation and conditions, never by "phase is Running"; they look
/// at pods of the newest ReplicaSet only. Nothing is ready because a list is empty.
public enum Readiness {
    /// Seconds after which an unschedulable pod is no longer taken for a pod that is about to be scheduled.
    public static let schedulingGrace: Int64 = 15

    /// A Namespace: one that is being deleted can't be deployed into.
    public static func namespace(_ object: Document) -> Verdict {
        let name = object.name ?? ""
        switch object.phase {
        case "Terminating":
            return Verdict(
                .failed,
                "namespace \"\(name)\" is being deleted (Terminating)",
                remedy: "Wait until it is gone, or deploy into another namespace"
            )
        case _ where object.isBeingDeleted:
            return Verdict(
                .failed,
                "namespace \"\(name)\" is being deleted",
                remedy: "Wait until it is gone, or deploy into another namespace"
            )
        case "Active": return Verdict(.ready, "namespace \"\(name)\" is active")
        default: return Verdict(.progressing, "namespace \"\(name)\" is not active yet")
        }
    }

    /// A Job: complete or failed by its conditions.
    public static func job(_ object: Document) -> Verdict {
        let name = object.name ?? ""
        if object.hasCondition("Complete") { return Verdict(.ready, "job \"\(name)\" is complete") }
        if let condition = object.condition("Failed"), condition["status"]?.string == "True" {
            let words = condition.words("reason") + condition.words("message").asDetail
            return Verdict(.failed, "job \"\(name)\" has failed\(words.asDetail)", remedy: "Look at the job's log")
        }
        return Verdict(.progressing, "job \"\(name)\" is not complete yet")
    }

    static func missing(_ kind: String, _ name: String) -> Verdict {
        Verdict(.progressing, "\(kind) \"\(name)\" is not there yet")
    }
}
