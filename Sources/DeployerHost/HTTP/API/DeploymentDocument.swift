internal import Blueprints
internal import Documents
internal import Passes
internal import TargetContract

extension DeploymentRecord {
    /// A deployment as the API shows it. Members without a value are left out.
    func document() throws -> Document { .object(try members()) }

    /// The same with the nodes and phases that its events tell of.
    /// - Parameter plan: nil as long as there is none.
    func document(with progress: DeploymentProgress, plan: SolutionPlan?) throws -> Document {
        var members = try members()
        members["nodes"] = .array(NodeView.all(of: plan, progress, isOver: !state.isActive).map(\.document))
        members["phases"] = .array(progress.phases.map(\.document))
        return .object(members)
    }

    private func members() throws -> DocumentObject {
        var members: DocumentObject = [
            "id": .string(id), "solution": solutionDocument, "target": .string(target),
            "owner": ["id": .string(owner.id), "name": .string(owner.name)],
            "operation": .string(operation.rawValue), "state": .string(state.rawValue),
            "isActive": .bool(state.isActive), "isCancelling": .bool(isCancelling),
            "attempt": .number(NumberLiteral(attempt)), "created": .string(TimeText.text(created)),
            "updated": .string(TimeText.text(updated)),
        ]
        members["finished"] = finished.map { .string(TimeText.text($0)) }
        members["place"] = try place.map { try Document(encoding: $0) }
        members["options"] = .object(
            options.sorted { $0.key < $1.key }.reduce(into: DocumentObject()) { $0[$1.key] = .string($1.value) }
        )
        members["planDigest"] = planDigest.map(Document.string)
        members["blueprintDigest"] = blueprintDigest.map(Document.string)
        members["failure"] = try failure.map { try Document(encoding: $0) }
        members["links"] = try Document(encoding: links)
        members["artifact"] = try artifact.map { try Document(encoding: $0) }
        members["replacedBy"] = replacedBy.map(Document.string)
        members["lastEvent"] = .number(NumberLiteral(lastEvent))
        return members
    }

    private var solutionDocument: Document {
        var members: DocumentObject = [
            "solutionId": .string(reference.solutionID), "revisionId": .string(reference.revisionID),
        ]
        members["name"] = (solution?.name).map(Document.string)
        members["version"] = (solution?.version).map(Document.string)
        return .object(members)
    }
}

extension DeploymentProgress.Phase {
    fileprivate var document: Document {
        var members: DocumentObject = [
            "state": .string(state), "text": .string(text), "started": .string(TimeText.text(started)),
        ]
        members["ended"] = ended.map { .string(TimeText.text($0)) }
        return .object(members)
    }
}

extension StoredEvent {
    /// An event as the API shows it. Members without a value are left out.
    var document: Document {
        var members: DocumentObject = [
            "id": .number(NumberLiteral(id)), "time": .string(TimeText.text(time)), "kind": .string(kind),
        ]
        members["node"] = node.map(Document.string)
        members["state"] = state.map(Document.string)
        members["text"] = .string(text)
        members["remedy"] = remedy.map(Document.string)
        members["logs"] = logs.map { .array($0.map(Document.string)) }
        members["url"] = url.map(Document.string)
        return .object(members)
    }
}
