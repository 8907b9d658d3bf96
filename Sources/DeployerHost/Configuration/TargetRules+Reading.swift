extension TargetAccess {
    /// The section `access` of a target; nil where there is none, so that everybody may use it.
    init?(reading target: SectionReader) {
        guard target.has("access") else { return nil }
        let section = target.section("access")
        section.allow("roles", "users")
        self.init(roles: section.names("roles") ?? [], users: section.names("users") ?? [])
        // A list that is empty has been told of already.
        guard !section.has("roles"), !section.has("users") else { return }
        target.problem(
            "access", "names nobody; name roles or users, leave it out for everybody, or set enabled: false")
    }
}

extension TargetLimits {
    /// The section `limits` of a target.
    init(reading section: SectionReader) {
        self.init()
        section.allow("concurrent", "namespaces", "registries", "nodes")
        concurrent = section.integer("concurrent", in: 1...10_000)
        nodes = section.integer("nodes", in: 1...100_000)
        namespaces = section.entries("namespaces", "which is no pattern; only * stands for something, as in team-*") {
            NamePattern($0)
        }
        registries = section.entries(
            "registries", "which is no registry such as docker.io or registry.example.org:5000/team"
        ) { ImageRegistry($0) }
    }
}

extension SectionReader {
    /// A list of names that are neither empty nor twice in it; nil where there is none.
    fileprivate func names(_ key: String) -> [String]? {
        guard let names = texts(key) else { return nil }
        if names.isEmpty { problem(key, "is an empty list; leave it out, or name somebody") }
        for name in names where name.allSatisfy(\.isWhitespace) { problem(key, "holds \"\(name)\", which is no name") }
        reportTwice(names, key)
        return names
    }

    /// A list of values that texts stand for; nil where there is none.
    /// - Parameter fault: what a text is that stands for nothing, as a phrase behind it.
    fileprivate func entries<Value>(_ key: String, _ fault: String, make: (String) -> Value?) -> [Value]? {
        guard let texts = texts(key) else { return nil }
        if texts.isEmpty {
            problem(key, "is an empty list, which would refuse everything; leave it out, or allow some")
        }
        reportTwice(texts, key)
        return texts.compactMap { text in
            let value = make(text)
            if value == nil { problem(key, "holds \(text.isEmpty ? "\"\"" : text), \(fault)") }
            return value
        }
    }

    private func reportTwice(_ texts: [String], _ key: String) {
        var seen: Set<String> = []
        for text in texts where !seen.insert(text).inserted { problem(key, "holds \(text) twice") }
    }
}
