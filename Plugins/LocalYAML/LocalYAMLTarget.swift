internal import Archives
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
        options: VolumeOptions.all
    )

    public init(settings: TargetSettings, services: TargetServices) throws {
        try settings.requireOnly([])
    }

    public func render(_ plan: SolutionPlan, options: OptionValues) throws -> [RenderedFile] {
        let layout = SolutionLayout(plan: plan, volume: try VolumeOptions.volume(from: options))
        return layout.files().sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    public func deploy(
        _ plan: SolutionPlan,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        let files = try render(plan, options: options)
        report(DeploymentEvent(.applying, text: "Rendering"))
        var archive = ZipArchive()
        do {
            for file in files { try archive.add(file.path, bytes: file.bytes) }
            try Task.checkCancellation()
            let bytes = try archive.bytes()
            let artifact = DeploymentOutcome.Artifact(
                fileName: "solution.zip",
                mediaType: "application/zip",
                bytes: bytes
            )
            return DeploymentOutcome(state: .completed, artifact: artifact)
        } catch let error as ArchiveError {
            throw TargetError(
                .unsupported,
                what: "The solution cannot be packed",
                why: "\(error)",
                remedy: "Rename the node in Design Studio and validate the pipeline again"
            )
        }
    }
}
