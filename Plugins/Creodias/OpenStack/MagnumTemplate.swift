internal import Documents
internal import TargetContract

/// What clusters are made from, as Magnum describes it. A template that clusters were made from does not change.
struct MagnumTemplate: Sendable, Hashable {
    let uuid: String
    let name: String
    /// The container orchestration engine (`coe`), for instance `kubernetes` or `swarm`.
    let engine: String
    let isTLSDisabled: Bool

    /// Nil for what is no template.
    init?(_ document: Document) {
        guard let uuid = document["uuid"]?.string, UUIDText.isValid(uuid), let engine = document["coe"]?.string else {
            return nil
        }
        self.uuid = uuid
        self.engine = engine
        name = document["name"]?.string ?? uuid
        isTLSDisabled = document["tls_disabled"]?.bool ?? false
    }

    /// Why clusters of this kind are of no use, as a phrase; nil where they are.
    var objection: String? {
        if engine != "kubernetes" { return "it is a cluster of \(engine.prefix(40)), not of Kubernetes" }
        return isTLSDisabled ? "it was made with TLS disabled" : nil
    }

    /// Refuses clusters that speak no Kubernetes, or speak it without encryption.
    /// - Parameter cluster: its name.
    func require(of cluster: String) throws(TargetError) {
        guard let objection else { return }
        throw TargetError(
            .unsupported,
            what: "The cluster \(cluster.prefix(80)) cannot be deployed to",
            why: "\(objection): its template is \(name.prefix(80))",
            remedy: "Choose a cluster whose template is for Kubernetes and has TLS enabled"
        )
    }
}
