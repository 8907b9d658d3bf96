internal import Documents

/// Finds one context of a kubeconfig, and its cluster and user.
struct KubeconfigReader {
    let contextName: String
    let clusterName: String
    let userName: String
    let namespace: String?
    let cluster: DocumentObject
    let clusterPath: String
    let user: DocumentObject
    let userPath: String

    private static let root: Set<String> = [
        "apiVersion", "kind", "preferences", "clusters", "contexts", "users", "current-context", "extensions",
    ]
    private static let context: Set<String> = ["cluster", "user", "namespace", "extensions"]

    init(_ document: Document, context wanted: String?) throws(KubeconfigError) {
        try FieldRules.requireOnly(Self.root, in: document.object ?? [:], at: "")
        let name = wanted ?? document["current-context"]?.string ?? ""
        guard !name.isEmpty else {
            throw KubeconfigError(
                field: "current-context",
                why: "it names no context",
                remedy: "Choose one: \(Self.names(in: document["contexts"]))"
            )
        }
        let (context, contextPath) = try Self.entry(name, of: document, list: "contexts", member: "context")
        try FieldRules.requireOnly(Self.context, in: context, at: contextPath)
        guard let clusterName = context["cluster"]?.string, let userName = context["user"]?.string else {
            throw KubeconfigError(
                field: contextPath,
                why: "the context lacks its cluster or its user",
                remedy: "Fetch the kubeconfig again"
            )
        }
        contextName = name
        self.clusterName = clusterName
        self.userName = userName
        namespace = context["namespace"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        (cluster, clusterPath) = try Self.entry(clusterName, of: document, list: "clusters", member: "cluster")
        (user, userPath) = try Self.entry(userName, of: document, list: "users", member: "user")
    }

    /// The object of the list's one entry with that name.
    private static func entry(
        _ name: String,
        of document: Document,
        list: String,
        member: String
    ) throws(KubeconfigError) -> (DocumentObject, String) {
        let entries = document[list]?.array ?? []
        let matches = entries.indices.filter { entries[$0]["name"]?.string == name }
        guard let position = matches.first else {
            throw KubeconfigError(
                field: list,
                why: "there is no \(member) \"\(FieldRules.shown(name))\"",
                remedy: "There are: \(names(in: document[list]))"
            )
        }
        guard matches.count == 1 else {
            throw KubeconfigError(
                field: list,
                why: "two entries are called \"\(FieldRules.shown(name))\"",
                remedy: "Paste the file of one cluster"
            )
        }
        let path = "\(list)[\(position)].\(member)"
        guard let object = entries[position][member]?.object else {
            throw KubeconfigError(
                field: path,
                why: "it is empty",
                remedy: member == "user"
                    ? "Take a kubeconfig with a client certificate or a token; clusters without TLS are not accepted"
                    : "Fetch the kubeconfig again"
            )
        }
        return (object, path)
    }

    private static func names(in list: Document?) -> String {
        let names = (list?.array ?? []).compactMap { $0["name"]?.string }.prefix(10).map(FieldRules.shown)
        return names.isEmpty ? "none" : names.joined(separator: ", ")
    }
}
