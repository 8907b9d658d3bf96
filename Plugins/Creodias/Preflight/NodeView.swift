internal import Documents

/// What the cluster's machines mean for a deployment. Pure.
struct NodeView {
    /// Names of nodes that take pods now.
    let ready: [String]
    /// Addresses under which a NodePort answers from outside, of ready workers.
    let externalAddresses: [String]

    init(nodes: [Document]) {
        let usable = nodes.filter(Self.isUsable)
        ready = usable.compactMap { $0["metadata"]?["name"]?.string }
        let workers = usable.filter { !Self.isControlPlane($0) }
        externalAddresses = (workers.isEmpty ? usable : workers).flatMap { node in
            (node["status"]?["addresses"]?.array ?? [])
                .filter { $0["type"]?.string == "ExternalIP" }
                .compactMap { $0["address"]?.string }
        }
    }

    private static func isUsable(_ node: Document) -> Bool {
        let isReady = (node["status"]?["conditions"]?.array ?? []).contains {
            $0["type"]?.string == "Ready" && $0["status"]?.string == "True"
        }
        return isReady && node["spec"]?["unschedulable"]?.bool != true
    }

    private static func isControlPlane(_ node: Document) -> Bool {
        let labels = node["metadata"]?["labels"]
        return ["master", "control-plane"].contains { labels?["node-role.kubernetes.io/\($0)"] != nil }
    }
}
