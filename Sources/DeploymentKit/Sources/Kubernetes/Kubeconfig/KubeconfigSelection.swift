/// The one context that is used, with its cluster and its user.
struct KubeconfigSelection {
    let contextName: String
    let clusterName: String
    let userName: String
    let namespace: String?
    let cluster: KubeconfigFields
    let user: KubeconfigFields

    init(_ root: KubeconfigFields, context chosen: String?) throws(KubeconfigError) {
        try root.accept(
            only: [
                "apiVersion", "kind", "clusters", "contexts", "users", "current-context", "preferences", "extensions",
            ],
            refusing: KubeconfigRule.none
        )
        try Self.expect("v1", in: "apiVersion", of: root)
        try Self.expect("Config", in: "kind", of: root)
        contextName = try Self.contextName(in: root, chosen: chosen)
        let context = try Self.entry(contextName, in: "contexts", member: "context", of: root)
        try context.accept(only: ["cluster", "user", "namespace", "extensions"], refusing: KubeconfigRule.none)
        clusterName = try Self.reference("cluster", in: context)
        userName = try Self.reference("user", in: context)
        namespace = try context.text("namespace")
        if let namespace, !HostSyntax.isLabel(namespace[...]) {
            throw KubeconfigError(
                field: context.place("namespace"),
                why: "this is no name of a namespace",
                remedy: "Use at most 63 lower-case letters, digits and dashes"
            )
        }
        cluster = try Self.entry(clusterName, in: "clusters", member: "cluster", of: root)
        user = try Self.entry(userName, in: "users", member: "user", of: root)
    }

    private static func expect(_ value: String, in name: String, of root: KubeconfigFields) throws(KubeconfigError) {
        guard let found = try root.text(name), found != value else { return }
        throw KubeconfigError(
            field: name, why: "a kubeconfig has \"\(value)\" here", remedy: "Paste the kubeconfig of the cluster")
    }

    private static func contextName(in root: KubeconfigFields, chosen: String?) throws(KubeconfigError) -> String {
        if let chosen { return chosen }
        if let current = try root.text("current-context") { return current }
        throw KubeconfigError(
            field: "current-context",
            why: "the kubeconfig does not say which context to use",
            remedy: "Choose one of its contexts: \(try names(in: "contexts", of: root))"
        )
    }

    private static func reference(_ name: String, in context: KubeconfigFields) throws(KubeconfigError) -> String {
        if let text = try context.text(name) { return text }
        throw KubeconfigError(
            field: context.place(name),
            why: "the context names no \(name)",
            remedy: "Choose another context or complete this one"
        )
    }

    /// The entry of that name; there must be one of them.
    private static func entry(
        _ name: String,
        in list: String,
        member: String,
        of root: KubeconfigFields
    ) throws(KubeconfigError) -> KubeconfigFields {
        let entries = try root.list(list)
        var found: [KubeconfigFields] = []
        for entry in entries where try entry.text("name") == name { found.append(entry) }
        guard let entry = found.first else {
            throw KubeconfigError(
                field: list,
                why: "there is no \(member) \"\(HostSyntax.printable(name))\"",
                remedy: "The kubeconfig has: \(try names(in: list, of: root))"
            )
        }
        guard found.count == 1 else {
            throw KubeconfigError(
                field: list,
                why: "there are several entries \"\(HostSyntax.printable(name))\"",
                remedy: "Keep the one that is meant"
            )
        }
        try entry.accept(only: ["name", member, "extensions"], refusing: KubeconfigRule.none)
        return try entry.object(member)
    }

    private static func names(in list: String, of root: KubeconfigFields) throws(KubeconfigError) -> String {
        var names: [String] = []
        for entry in try root.list(list).prefix(20) {
            if let name = try entry.text("name") { names.append(HostSyntax.printable(name)) }
        }
        return names.isEmpty ? "none" : names.joined(separator: ", ")
    }
}
