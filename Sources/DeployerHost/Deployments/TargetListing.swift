internal import Documents
public import TargetContract

/// What a host can deploy to, for commands and the API.
public struct TargetListing: Sendable {
    private let targets: TargetRegistry

    private let reload: ReloadStatus

    init(_ deployer: Deployer) {
        targets = deployer.targets
        reload = deployer.reload
    }

    /// Loads the enabled modules; no catalogue is needed.
    public init(configuration: Configuration) {
        targets = TargetRegistry(configuration: configuration) { _, _ in }
        reload = ReloadStatus()
    }

    /// What the targets say of themselves, in the order of the configuration.
    public var manifests: [TargetManifest] { targets.loaded.map(\.manifest) }

    /// The module, as the configuration calls it, that a target comes from; nil where there is none.
    public func module(of targetID: String) -> String? { targets[targetID]?.module }

    /// One sentence for each module that was rejected.
    public var rejected: [String] { targets.rejected.map(\.sentence) }

    /// As JSON with a newline at its end, as administrators see it.
    /// - Throws: `EncodingError`, never in practice.
    public func json() throws -> [UInt8] { try administratorDocument().json(.pretty) }

    /// `{defaultTarget, targets: [manifest]}` with the targets that a user may use.
    func document(for user: UserIdentity?) throws -> Document {
        try document(of: targets.usable(by: user)) { .object(try $0.userDocument()) }
    }

    /// The same with all targets and what the administrator decided about them, the modules that were rejected, and what
    /// became of the configuration.
    func administratorDocument() throws -> Document {
        var object = try document(of: targets.known) { try $0.administratorDocument() }.object ?? DocumentObject()
        object["rejected"] = .array(
            targets.rejected.map {
                ["module": .string($0.module), "stage": .string($0.stage.rawValue), "reason": .string($0.sentence)]
            }
        )
        object["configuration"] = .object(reload.document)
        return .object(object)
    }

    private func document(
        of targets: [LoadedTarget], _ document: (LoadedTarget) throws -> Document
    ) rethrows -> Document {
        [
            "defaultTarget": .string(self.targets.defaultID),
            "targets": .array(try targets.map(document)),
        ]
    }
}

extension LoadedTarget {
    /// The manifest, and a word where the target is in quarantine.
    fileprivate func userDocument() throws -> DocumentObject {
        var object = try Document(encoding: manifest).object ?? DocumentObject()
        if quarantineReason != nil { object["quarantined"] = .string(Quarantine.publicReason) }
        return object
    }

    /// The same with the whole reason, and what the administrator decided.
    fileprivate func administratorDocument() throws -> Document {
        var object = try userDocument()
        object["quarantined"] = quarantineReason.map(Document.string)
        object["isolation"] = .string(isolation.rawValue)
        object["module"] = .string(module)
        object["isDraining"] = .bool(isDraining)
        if let access {
            object["access"] = ["roles": Self.list(access.roles), "users": Self.list(access.users)]
        }
        var limits = DocumentObject()
        limits["concurrent"] = self.limits.concurrent.map { .number(NumberLiteral($0)) }
        limits["namespaces"] = self.limits.namespaces.map { Self.list($0.map(\.text)) }
        limits["registries"] = self.limits.registries.map { Self.list($0.map(\.description)) }
        limits["nodes"] = self.limits.nodes.map { .number(NumberLiteral($0)) }
        object["limits"] = .object(limits)
        return .object(object)
    }

    private static func list(_ texts: [String]) -> Document { .array(texts.map(Document.string)) }
}

extension ReloadStatus {
    /// `{read?, problems, restartKeys, changedModules, warnings}`
    fileprivate var document: DocumentObject {
        var object: DocumentObject = [
            "problems": .array(problems.map(Document.string)),
            "restartKeys": .array(restartKeys.map(Document.string)),
            "changedModules": .array(changedModules.map(Document.string)),
            "warnings": .array(warnings.map(Document.string)),
        ]
        object["read"] = time.map { .string(TimeText.text($0)) }
        return object
    }
}
