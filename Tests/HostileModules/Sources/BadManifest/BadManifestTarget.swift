import Passes
import TargetContract

/// Contradicts its note and itself.
struct BadManifestTarget: DeploymentTarget {
    static var manifest: TargetManifest {
        TargetManifest(
            id: "Bad_Manifest",
            name: "Bad",
            summary: "Breaks the rules.",
            version: "2.0.0",
            options: [
                TargetOption(name: "node count", kind: .text, label: "Nodes", help: "How many."),
                TargetOption(name: "size", kind: .quantity, label: "Size", help: "How much.", defaultValue: "much"),
                TargetOption(name: "size", kind: .quantity, label: "Size", help: "How much."),
                TargetOption(
                    name: "age",
                    kind: .integer(minimum: 0, maximum: 150),
                    label: "Age",
                    help: "The user's.",
                    userAttribute: UserAttribute(rawValue: "age")
                ),
            ]
        )
    }

    init(settings: TargetSettings, services: TargetServices) {}

    func deploy(
        _ plan: SolutionPlan,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        DeploymentOutcome(state: .completed)
    }
}
