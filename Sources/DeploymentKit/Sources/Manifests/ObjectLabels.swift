internal import Blueprints
internal import Documents
internal import Passes

/// The metadata by which objects of a solution are recognised again.
struct ObjectLabels {
    private let partOf: String
    private let solutionID: String

    init(plan: SolutionPlan) {
        partOf = ObjectName.repairing(plan.name, fallback: "solution")
        solutionID = Self.labelValue(plan.reference.solutionID)
    }

    func metadata(name: String, original: String) -> Document {
        var metadata: DocumentObject = [
            "name": .string(name),
            "labels": [
                "app": .string(name),
                "app.kubernetes.io/managed-by": "graphene-deployer",
                "app.kubernetes.io/part-of": .string(partOf),
                "graphene-deployer/solution-id": .string(solutionID),
            ],
        ]
        if original != name {
            metadata["annotations"] = ["graphene-deployer/original-name": .string(Self.printable(original))]
        }
        return .object(metadata)
    }

    /// Ids of the catalogue may begin or end with a sign that label values must not have there.
    private static func labelValue(_ id: String) -> String {
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
