internal import Documents
internal import TargetContract
internal import Transport

/// A cluster as Magnum describes it.
struct MagnumCluster: Sendable, Hashable {
    let uuid: String
    let name: String
    /// For instance `CREATE_COMPLETE`.
    let status: String
    let statusReason: String?
    /// For instance `HEALTHY`.
    let health: String?
    /// The URL of the cluster's API; not in lists, and nil while there is none.
    let apiAddress: String?
    /// The version of Kubernetes, where it is told.
    let version: String?
    let nodes: Int?
    /// The uuid of its template, where it is told.
    let template: String?

    /// Nil for what is no cluster.
    init?(_ document: Document) {
        guard let uuid = document["uuid"]?.string, UUIDText.isValid(uuid), let status = document["status"]?.string
        else {
            return nil
        }
        self.uuid = uuid
        self.status = status
        name = document["name"]?.string ?? uuid
        statusReason = document["status_reason"]?.string
        health = document["health_status"]?.string
        let address = document["api_address"]?.string ?? ""
        apiAddress = address.isEmpty || address == "None" ? nil : address
        version = document["coe_version"]?.string
        nodes = document["node_count"]?.integer
        template = document["cluster_template_id"]?.string.flatMap { UUIDText.isValid($0) ? $0 : nil }
    }

    /// Whether the cluster is as it was last wanted.
    var isComplete: Bool { status.hasSuffix("_COMPLETE") && !status.hasPrefix("DELETE") }

    /// What the status means for somebody who wants to deploy, as a phrase.
    var meaning: String {
        switch status {
        case _ where isComplete: "it is complete"
        case "CREATE_IN_PROGRESS": "it is still being made, which takes ten to fifteen minutes"
        case "UPDATE_IN_PROGRESS": "it is being changed, so its nodes come and go"
        case "ROLLBACK_IN_PROGRESS": "a change of it failed and is being taken back"
        case "CREATE_FAILED": "it could not be made"
        case "UPDATE_FAILED": "a change of it failed, so it may be in no working order"
        case "ROLLBACK_FAILED": "a change of it failed and could not be taken back"
        case "DELETE_IN_PROGRESS": "it is being deleted"
        case "DELETE_FAILED": "its deletion failed, so it is there in part only"
        case "DELETE_COMPLETE": "it has been deleted"
        default: "its status is \(status.prefix(40))"
        }
    }

    /// Refuses clusters that are not complete.
    func requireComplete() throws(TargetError) {
        guard !isComplete else { return }
        let reason = statusReason.flatMap { $0.isEmpty ? nil : ": \($0.prefix(300))" } ?? ""
        throw TargetError(
            .unavailable,
            what: "The cluster \(name) cannot be deployed to",
            why: "\(meaning) (\(status.prefix(40)))\(reason)",
            remedy: remedy
        )
    }

    private var remedy: String {
        switch status {
        case "CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "ROLLBACK_IN_PROGRESS":
            "Wait until the cloud shows the cluster as complete, then try again"
        case "UPDATE_FAILED", "ROLLBACK_FAILED":
            "Repair the cluster in the cloud's dashboard (often a quota is in the way), or paste its kubeconfig"
        default: "Choose another cluster, or make a new one"
        }
    }

    /// The URL of the cluster's API, checked as far as that goes without calling it.
    /// - Throws: `TargetError` where there is none, where it is not encrypted, and where this host may not call it.
    func server(_ policy: NetworkPolicy) throws(TargetError) -> String {
        let what = "The API of the cluster \(name) cannot be used"
        guard let apiAddress else {
            throw TargetError(
                .unavailable,
                what: what,
                why: "it was created without a public API, or is not there yet: the cloud tells no address for it",
                remedy: "Wait until the cluster is complete; if it is, make one with the master load balancer or a "
                    + "floating IP enabled"
            )
        }
        let url: URLParts
        do throws(TransportError) { url = try URLParts(apiAddress) } catch {
            let remedy = CloudCall.askAdministrator
            throw TargetError(.unavailable, what: what, why: "the address in the cloud is no URL", remedy: remedy)
        }
        guard url.scheme == "https" else {
            throw TargetError(
                .unsupported,
                what: what,
                why: "it was made with TLS disabled, so that anybody on the way could take it over",
                remedy: "Use a cluster whose template has TLS enabled"
            )
        }
        if let address = IPAddress(url.host), let objection = policy.objection(to: address) {
            let isPrivate = address.addressClass == .privateUse
            throw TargetError(
                .unavailable,
                what: what,
                why: isPrivate ? "it was created without a public API: \(objection)" : objection,
                remedy:
                    "Make a cluster with the master load balancer or a floating IP enabled, or ask the administrator "
                    + "to add the range to network.allow if this host is in the same network"
            )
        }
        return url.text.hasSuffix("/") ? String(url.text.dropLast()) : url.text
    }
}
