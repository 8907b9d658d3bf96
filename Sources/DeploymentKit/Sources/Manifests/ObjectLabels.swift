internal import Blueprints
internal import Documents
internal import Passes

/// The metadata by which objects of a solution are recognised again.
struct ObjectLabels {
    /// The solution's name as a label value.
    let partOf: String
    private let solutionID: String
    private let style: ManifestStyle

    init(plan: SolutionPlan, style: ManifestStyle) {
        self.style = style
        partOf = ObjectName.repairing(plan.name, fallback: "solution")
        solutionID = Self.labelValue(plan.reference.solutionID)
    }

    func metadata(name: String, original: String) -> Document {
        var metadata: DocumentObject = ["name": .string(name)]
        metadata["namespace"] = style.namespace.map(Document.string)
        metadata["labels"] = [
            "app": .string(name),
            "app.kubernetes.io/managed-by": "graphene-deployer",
            "app.kubernetes.io/part-of": .string(partOf),
            "graphene-deployer/solution-id": .string(solutionID),
        ]
        metadata["annotations"] = annotations(original: original == name ? nil : original)
        return .object(metadata)
    }

    /// A namespace outlives what is deployed in it, so that only the ownership label belongs to it.
    func namespaceMetadata(name: String) -> Document {
        var metadata: DocumentObject = [
            "name": .string(name), "labels": ["app.kubernetes.io/managed-by": "graphene-deployer"],
        ]
        metadata["annotations"] = annotations(original: nil)
        return .object(metadata)
    }

    /// Nil where there is none.
    private func annotations(original: String?) -> Document? {
        var annotations: DocumentObject = [:]
        annotations["graphene-deployer/original-name"] = original.map { .string(Self.printable($0)) }
        for annotation in style.annotations { annotations[annotation.name] = .string(annotation.value) }
        return annotations.isEmpty ? nil : .object(annotations)
    }

    /// Ids of the catalogue may begin or end with a sign that label values must not have there.
    static func labelValue(_ id: String) -> String {
        var value = id[...]
        while let first = value.utf8.first, !isAlphanumeric(first) { value.removeFirst() }
        while let last = value.utf8.last, !isAlphanumeric(last) { value.removeLast() }
        return String(value)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Annotations may hold any text; control characters would only hurt those who read them.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.prefix(250).filter { $0.value >= 0x20 && $0.value != 0x7F }))
    }
}
