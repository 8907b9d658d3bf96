public import Documents

/// What applying an object would change, field by field. Pure.
///
/// A field counts as changed where the desired object names it and the live one has another value, and where the live
/// one still has it because an earlier apply set it (`metadata.managedFields`). What the server or other managers
/// added is left alone by an apply, and so it is here.
public struct ObjectComparison: Sendable, Hashable {
    /// One field before and after; nil where it is absent.
    public struct Change: Sendable, Hashable {
        /// The way to the field in the object.
        public var path: DocumentPath
        /// The value that is there; nil for none.
        public var before: Document?
        /// The value that would be there; nil for none.
        public var after: Document?
    }

    /// In the order of their paths' text.
    public let changes: [Change]

    /// - Parameters:
    ///   - live: the object as the server has it, with its managed fields.
    ///   - desired: the object that would be applied.
    ///   - manager: the field manager that would apply it.
    public init(live: Document, desired: Document, manager: String = KubernetesClient.fieldManager) {
        var walk = ComparisonWalk()
        walk.compare(desired, with: live, at: DocumentPath())
        let entries = live["metadata"]?["managedFields"]?.array ?? []
        for entry in entries
        where entry["manager"]?.string == manager && entry["operation"]?.string == "Apply" {
            guard let fields = entry["fieldsV1"]?.object else { continue }
            walk.findDropped(fields, desired: desired, live: live, at: DocumentPath())
        }
        changes = walk.changes.sorted { $0.path.description.utf8.lexicographicallyPrecedes($1.path.description.utf8) }
    }

    /// Whether an apply would change nothing.
    public var isEmpty: Bool { changes.isEmpty }
}

/// Collects the changes between two trees.
private struct ComparisonWalk {
    var changes: [ObjectComparison.Change] = []

    mutating func compare(_ desired: Document, with live: Document?, at path: DocumentPath) {
        switch (desired, live) {
        case (.object(let wanted), .object(let found)?):
            for member in wanted.members where !Self.isIdentity(member.key, at: path) {
                compare(member.value, with: found[member.key], at: path.appending(member.key))
            }
        case (.array(let wanted), .array(let found)?):
            compareLists(wanted, found, at: path)
        default:
            guard !ScalarComparison.isEqual(desired, live, at: path) else { return }
            changes.append(ObjectComparison.Change(path: path, before: live, after: desired))
        }
    }

    private mutating func compareLists(_ wanted: [Document], _ found: [Document], at path: DocumentPath) {
        if let keys = ListKeys.of(path) {
            for (position, element) in wanted.enumerated() {
                let match = found.firstIndex { ListKeys.areEqual($0, element, keys) }
                compare(element, with: match.map { found[$0] }, at: path.appending(match ?? position))
            }
            return
        }
        guard wanted.count == found.count else {
            changes.append(ObjectComparison.Change(path: path, before: .array(found), after: .array(wanted)))
            return
        }
        for (position, element) in wanted.enumerated() {
            compare(element, with: found[position], at: path.appending(position))
        }
    }

    /// Fields of ours (`fieldsV1`, Kubernetes "Server-Side Apply") that the desired object no longer names.
    mutating func findDropped(_ fields: DocumentObject, desired: Document, live: Document, at path: DocumentPath) {
        for member in fields.members {
            guard let step = OwnedField(member.key) else { continue }
            let children = member.value.object ?? DocumentObject()
            switch step {
            case .member(let name):
                guard let value = live[name], !Self.isIdentity(name, at: path) else { continue }
                let path = path.appending(name)
                if let wanted = desired[name] {
                    findDropped(children, desired: wanted, live: value, at: path)
                } else {
                    changes.append(ObjectComparison.Change(path: path, before: value, after: nil))
                }
            case .element(let key):
                guard let found = live.array, let position = found.firstIndex(where: { key.selects($0) }) else {
                    continue
                }
                let path = path.appending(position)
                if let wanted = desired.array?.first(where: { key.selects($0) }) {
                    findDropped(children, desired: wanted, live: found[position], at: path)
                } else {
                    changes.append(ObjectComparison.Change(path: path, before: found[position], after: nil))
                }
            }
        }
    }

    private static func isIdentity(_ key: String, at path: DocumentPath) -> Bool {
        path.steps.isEmpty && ["apiVersion", "kind", "status"].contains(key)
    }
}
