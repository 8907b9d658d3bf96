public import Passes

/// A target that can write its artifacts as files, without an environment.
public protocol Rendering: DeploymentTarget {
    /// The files for a plan, sorted by path.
    /// - Throws: `TargetError` before anything is returned.
    func render(_ plan: SolutionPlan, options: OptionValues) throws -> [RenderedFile]
}

/// A file below the folder or archive that a target renders.
public struct RenderedFile: Sendable, Hashable {
    /// A relative path with `/` between its components, for instance `deployments/pvc.yaml`.
    public var path: String
    /// The file's content.
    public var bytes: [UInt8]

    /// Takes over the parts as they are.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// A file with a text in UTF-8.
    public init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }
}
