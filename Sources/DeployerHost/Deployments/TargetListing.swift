internal import Documents
public import TargetContract

/// What a host can deploy to, for commands and the API.
public struct TargetListing: Sendable {
    private let targets: TargetRegistry

    init(_ targets: TargetRegistry) { self.targets = targets }

    /// Loads the enabled modules; no catalogue is needed.
    public init(configuration: Configuration) {
        self.init(TargetRegistry(configuration: configuration) { _, _ in })
    }

    /// What the targets say of themselves, in the order of the configuration.
    public var manifests: [TargetManifest] { targets.loaded.map(\.manifest) }

    /// The module, as the configuration calls it, that a target comes from; nil where there is none.
    public func module(of targetID: String) -> String? { targets[targetID]?.module }

    /// One sentence for each module that was rejected.
    public var rejected: [String] { targets.rejected.map(\.sentence) }

    /// As JSON with a newline at its end.
    /// - Throws: `EncodingError`, never in practice.
    public func json() throws -> [UInt8] { try document(withRejected: true).json(.pretty) }

    /// `{defaultTarget, targets: [manifest], rejected: [{module, stage, reason}]}`
    func document(withRejected: Bool) throws -> Document {
        var object: DocumentObject = [
            "defaultTarget": .string(targets.defaultID),
            "targets": .array(try targets.loaded.map(entry)),
        ]
        if withRejected {
            object["rejected"] = .array(
                targets.rejected.map {
                    ["module": .string($0.module), "stage": .string($0.stage.rawValue), "reason": .string($0.sentence)]
                }
            )
        }
        return .object(object)
    }

    /// A manifest, and the reason where the target is in quarantine.
    private func entry(_ target: LoadedTarget) throws -> Document {
        let manifest = try Document(encoding: target.manifest)
        guard let reason = target.quarantineReason, var object = manifest.object else { return manifest }
        object["quarantined"] = .string(reason)
        return .object(object)
    }
}
