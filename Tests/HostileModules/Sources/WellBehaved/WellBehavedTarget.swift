import Passes
import TargetContract

/// Renders one file, refuses to deploy.
struct WellBehavedTarget: Rendering {
    static var manifest: TargetManifest {
        TargetManifest(
            id: "well-behaved",
            name: "Well-behaved",
            summary: "Does what tests ask for.",
            version: "1.0.0",
            options: [
                TargetOption(name: "size", kind: .quantity, label: "Size", help: "How much.", defaultValue: "1Gi")
            ]
        )
    }

    init(settings: TargetSettings, services: TargetServices) throws {
        services.log(.info, "ready")
    }

    func render(_ plan: SolutionPlan, options: OptionValues) throws -> [RenderedFile] {
        [RenderedFile(path: "name.txt", text: plan.name)]
    }

    func deploy(
        _ plan: SolutionPlan,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        report(DeploymentEvent(.phase, text: "refusing"))
        throw TargetError(.conflict, what: "The solution is there", why: "somebody deployed it", remedy: "Delete it")
    }
}
