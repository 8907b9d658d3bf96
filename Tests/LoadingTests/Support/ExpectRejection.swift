import DeployerHost
import Foundation
import TargetContract
import Testing

/// Loads the subject of a case between two other modules: the one that is missing is refused as well, the good one is
/// there in the end.
func expectRejection(of subject: RejectedCase, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let folder = try ModuleFolder()
    try subject.prepare(folder)
    let modules = ModuleLoader(
        searchPath: ModuleSearchPath(executable: folder.path + "/bin", configured: [])
    ) { _ in TargetServices { _, _ in } }
    let good = try HostileModules.path(of: "WellBehaved")
    var result = modules.load([ModuleReference(module: "Subject", sha256: subject.sha256, isRequired: true)])
    result = modules.load(file: good, as: ModuleReference(module: "WellBehaved"), beside: result)

    let parent = (folder.path as NSString).deletingLastPathComponent
    let sentence = subject.sentence
        .replacingOccurrences(of: "<folder>", with: folder.path)
        .replacingOccurrences(of: "<parent>", with: parent)
        .replacingOccurrences(of: "<host>", with: Toolchain.version)
    let rejected = try #require(result.rejected.first, sourceLocation: sourceLocation)
    #expect(rejected.sentence == sentence, sourceLocation: sourceLocation)
    #expect(rejected.stage == subject.stage, sourceLocation: sourceLocation)
    #expect(!result.missing.isEmpty, sourceLocation: sourceLocation)
    #expect(result.targets.map(\.manifest.id) == ["well-behaved"], sourceLocation: sourceLocation)
}
