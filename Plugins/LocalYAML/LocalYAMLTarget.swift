internal import Packaging
public import Passes
public import TargetContract

/// Hands a solution over as solution.zip: Kubernetes objects, protobuf files, and the scripts to deploy and run them
/// on any cluster, without this host.
public struct LocalYAMLTarget: Rendering {
    public static let manifest = TargetManifest(
        id: "local-yaml",
        name: "Solution package",
        summary: "Makes a solution.zip to download, with everything to run the solution on a cluster of your own.",
        version: "1.0.0",
        capabilities: ["rendering/v1", "solution-zip/v1"],
        options: SolutionPackage.options
    )

    public init(settings: TargetSettings, services: TargetServices) throws {
        try settings.requireOnly([])
    }

    public func render(_ plan: SolutionPlan, options: OptionValues) throws -> [RenderedFile] {
        try SolutionPackage(plan, options: options).files
    }

    public func deploy(
        _ plan: SolutionPlan,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        let package = try SolutionPackage(plan, options: options)
        report(DeploymentEvent(.applying, text: "Rendering"))
        try Task.checkCancellation()
        let artifact = DeploymentOutcome.Artifact(
            fileName: "solution.zip",
            mediaType: "application/zip",
            bytes: try package.zip()
        )
        return DeploymentOutcome(state: .completed, artifact: artifact)
    }
}
