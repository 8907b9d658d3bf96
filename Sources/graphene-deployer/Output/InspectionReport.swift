import DeployerHost

/// A module explained field by field: what was found and what the host makes of it, and below it what it means.
struct InspectionReport {
    /// Without the conclusion.
    let lines: [String]

    init(_ inspection: ModuleInspection) {
        let width = (inspection.facts.map(\.name.count).max() ?? 0) + 2
        lines = inspection.facts.flatMap { fact in
            let name = fact.name + String(repeating: " ", count: width - fact.name.count)
            let indentation = String(repeating: " ", count: width)
            return ["\(name)\(fact.found)", "\(indentation)\(Self.words(fact)): \(fact.meaning)"]
        }
    }

    private static func words(_ fact: ModuleInspection.Fact) -> String {
        switch fact.verdict {
        case .noted: "for your information"
        case .expected: fact.expected == fact.found ? "as expected" : "as expected (\(fact.expected ?? ""))"
        case .refused: "NOT as expected (\(fact.expected ?? ""))"
        }
    }
}
