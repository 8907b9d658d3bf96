internal import Documents

/// What every object of the API has.
extension Document {
    var name: String? { self["metadata"]?["name"]?.string }
    var uid: String? { self["metadata"]?["uid"]?.string }
    var isBeingDeleted: Bool { self["metadata"]?["deletionTimestamp"]?.string != nil }
    var phase: String? { self["status"]?["phase"]?.string }

    /// Whether the controller has not seen the last change of the specification yet.
    var isChangeUnobserved: Bool {
        guard let generation = self["metadata"]?["generation"]?.integer else { return false }
        return (self["status"]?["observedGeneration"]?.integer ?? 0) < generation
    }

    func isOwned(by uid: String) -> Bool {
        (self["metadata"]?["ownerReferences"]?.array ?? []).contains { $0["uid"]?.string == uid }
    }

    /// The condition of that type in the status.
    func condition(_ type: String) -> Document? {
        (self["status"]?["conditions"]?.array ?? []).first { $0["type"]?.string == type }
    }

    /// Whether the condition of that type has that status: `True`, `False` or `Unknown`.
    func hasCondition(_ type: String, _ status: String = "True") -> Bool {
        condition(type)?["status"]?.string == status
    }

    /// A counter of the status; the API leaves zeros out.
    func counter(_ name: String) -> Int { self["status"]?.count(name) ?? 0 }

    /// A number of things, as the API has them (`int32`, never negative); nil where none is written. What is beyond that
    /// becomes the nearest such number, so that sums and differences of a few can be told.
    func count(_ name: String) -> Int? { self[name]?.integer.map { min(max($0, 0), Int(Int32.max)) } }

    /// A text for readers: one line without control characters, at most 1000 characters.
    func words(_ key: String) -> String { (self[key]?.string ?? "").asWords }
}

/// What pods have.
extension Document {
    var nodeName: String? { self["spec"]?["nodeName"]?.string }

    /// The claims that a pod mounts.
    var claimNames: [String] {
        (self["spec"]?["volumes"]?.array ?? []).compactMap { $0["persistentVolumeClaim"]?["claimName"]?.string }
    }
}

extension String {
    /// The text as one line without control characters, at most 1000 characters of it.
    var asWords: String {
        var text = ""
        for scalar in unicodeScalars.prefix(1000) {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            text.unicodeScalars.append(isControl ? " " : scalar)
        }
        return text
    }

    /// The text after a colon, or nothing where it is empty.
    var asDetail: String { isEmpty ? "" : ": \(self)" }
}
