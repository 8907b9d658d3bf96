internal import Archives
public import Passes
public import TargetContract

/// A solution as a solution.zip: Kubernetes objects, protobuf files, and the scripts to deploy and run them, in the
/// layout that people and playground servers know.
public struct SolutionPackage: Sendable {
    /// What users can say about the content: options for the manifest of a target that makes packages.
    public static let options: [TargetOption] = VolumeOptions.all

    /// Sorted by path.
    public let files: [RenderedFile]

    /// Renders a plan.
    /// - Parameter options: values for `options`; others are ignored.
    /// - Throws: `TargetError` where the value of an option cannot be used.
    public init(_ plan: SolutionPlan, options: OptionValues) throws(TargetError) {
        let layout = SolutionLayout(plan: plan, volume: try VolumeOptions.volume(from: options))
        files = layout.files().sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// The zip file, the same byte for byte whenever the files are.
    /// - Throws: `TargetError` where a file cannot be packed.
    public func zip() throws(TargetError) -> [UInt8] {
        var archive = ZipArchive()
        do throws(ArchiveError) {
            for file in files { try archive.add(file.path, bytes: file.bytes) }
            return try archive.bytes()
        } catch {
            throw TargetError(
                .unsupported,
                what: "The solution cannot be packed",
                why: "\(error)",
                remedy: "Rename the node in Design Studio and validate the pipeline again"
            )
        }
    }
}
