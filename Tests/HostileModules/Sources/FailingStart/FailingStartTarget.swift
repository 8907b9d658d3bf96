import Passes
import TargetContract

/// Cannot start.
struct FailingStartTarget: DeploymentTarget {
    static var manifest: TargetManifest {
        TargetManifest(id: "failing-start", name: "Failing", summary: "Never starts.", version: "1.0.0")
    }

    init(settings: TargetSettings, services: TargetServices) throws {
        throw TargetError(
            .invalidSettings,
            what: "The server cannot be reached",
            why: "connection refused",
            remedy: "Correct settings.server"
        )
    }

    func deploy(
        _ plan: SolutionPlan,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        DeploymentOutcome(state: .completed)
    }
}
