public import Blueprints
public import Documents
import Foundation

extension TemporaryFolder {
    /// Adds a pipeline in the layout of a directory catalogue.
    public func addSolution(_ source: SolutionSource) throws {
        guard case .pipeline(let blueprint, let protos) = source.content else { return }
        let (solution, revision) = (source.reference.solutionID, source.reference.revisionID)
        let uri = "org/acumos/\(solution)/BluePrint.json"
        try put(
            "solutions/\(solution).json",
            [
                "solutionId": .string(solution), "name": .string(source.name), "active": true, "toolkitTypeCode": "CP",
            ])
        try put(
            "revisions/\(revision).json",
            [
                "revisionId": .string(revision), "solutionId": .string(solution), "version": .string(source.version),
            ])
        try put(
            "artifacts/\(revision).json",
            [
                [
                    "artifactId": "a", "artifactTypeCode": "BP", "name": "BluePrint", "uri": .string(uri),
                    "version": "1",
                    "modified": "2026-01-01T00:00:00Z",
                ]
            ])
        try put("nexus/\(uri)", bytes: blueprint)
        for (uri, text) in protos { try put("nexus/\(uri)", bytes: Array(text.utf8)) }
    }

    /// Writes a JSON file below the folder.
    public func put(_ path: String, _ document: Document) throws { try put(path, bytes: document.json()) }

    /// Writes a file below the folder, and the folders on its way.
    public func put(_ path: String, bytes: [UInt8]) throws {
        let file = URL(filePath: "\(self.path)/\(path)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }
}
