import Passes
import TargetContract

/// Claims the id of another module.
struct SecondWellBehavedTarget: DeploymentTarget {
    static var manifest: TargetManifest {
        TargetManifest(id: "well-behaved", name: "Another", summary: "Has a name that is taken.", version: "1.0.0")
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
