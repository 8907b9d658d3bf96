internal import Blueprints
internal import Documents
internal import TargetContract

extension DeploymentPage {
    /// A file to download.
    struct Artifact: Sendable {
        let artifactName: String
        let artifactSize: String
        /// Whether it is what the deployment was for.
        let isOutcome: Bool

        /// - Parameter packages: whether the host makes a package of any plan.
        init?(_ record: DeploymentRecord, packages: Bool) {
            if let artifact = record.artifact {
                isOutcome = true
                artifactName = artifact.fileName
                artifactSize = artifact.bytes < 10_240 ? "\(artifact.bytes) bytes" : "\(artifact.bytes / 1_024) KiB"
            } else if packages, record.planDigest != nil, !record.state.isActive {
                isOutcome = false
                artifactName = "solution.zip"
                artifactSize = ""
            } else {
                return nil
            }
        }
    }

    /// Starting it again.
    struct Rerun: Sendable {
        /// Whether nothing has to be given for it.
        let isDirect: Bool
        let rerunLabel: String

        init?(_ record: DeploymentRecord, target: LoadedTarget) {
            guard record.machine.permits(.deploy) else { return nil }
            isDirect = !target.manifest.options.contains(where: \.isSecret)
            rerunLabel =
                switch record.state {
                case .running: target.can(.rerunning) ? "Run again" : "Deploy again"
                case .interrupted, .cancelled: "Go on"
                case .failed: "Try again"
                default: "Deploy again"
                }
        }
    }

    /// The request that would have made the deployment.
    struct APICall: Sendable {
        let apiMethod = "POST"
        let apiPath = "api/v1/deployments"
        let apiBody: String

        init(_ record: DeploymentRecord, target: LoadedTarget) {
            var options = DocumentObject()
            for option in target.askedOptions {
                if let value = record.options[option.name] {
                    options[option.name] = .string(value)
                } else if option.isRequired {
                    options[option.name] = .string("…")
                }
            }
            let body: DocumentObject = [
                "solutionId": .string(record.reference.solutionID), "revisionId": .string(record.reference.revisionID),
                "target": .string(record.target), "options": .object(options),
            ]
            apiBody = Document.object(body).jsonText()
        }
    }

    struct Failure: Sendable {
        let failureCode: String
        let failureWhat: String
        let failureWhy: String
        let failureRemedy: String?
        let failureNode: String?
        let failureAnchor: String?

        init(_ failure: DeploymentFailure) {
            failureCode = failure.code
            failureWhat = failure.what
            failureWhy = failure.why
            failureRemedy = failure.remedy
            failureNode = failure.node
            failureAnchor = failure.node.map { PipelineGraph.Node.anchor(of: $0, kind: .model) }
        }
    }

    struct Link: Sendable {
        let linkTitle: String
        let linkURL: String
    }

    struct Phase: Sendable {
        let phaseState: String
        let phaseText: String
        let phaseStarted: String
        let duration: String
        /// Whether it goes on.
        let isOpen: Bool

        /// - Parameter end: how the deployment ended, if this was its last phase.
        init(_ phase: DeploymentProgress.Phase, end: DeploymentState?, now: Double) {
            let hasFailed = end.map { [.failed, .cancelled, .interrupted].contains($0) } ?? false
            phaseState = hasFailed ? end?.rawValue ?? phase.state : phase.state
            phaseText = phase.text
            phaseStarted = TimeText.text(phase.started)
            duration = DurationText.text(seconds: (phase.ended ?? now) - phase.started)
            isOpen = phase.ended == nil
        }
    }

    struct Warning: Sendable {
        let warningNode: String?
        let warningText: String
        let warningRemedy: String?
    }

    struct Node: Sendable {
        let nodeName: String
        let nodeAnchor: String
        let nodeRole: String
        let roleWord: String?
        let originalName: String?
        let nodeState: String
        let nodeStateWord: String
        let nodeText: String
        let nodeRemedy: String?
        let nodeLog: String?
        let nodeSince: String?
        let nodeSinceText: String
        let isOpen: Bool

        init(_ view: NodeView, isFailed: Bool) {
            nodeName = view.name
            let kind = PipelineGraph.Kind(rawValue: view.role.rawValue) ?? .model
            nodeAnchor = PipelineGraph.Node.anchor(of: view.name, kind: kind)
            nodeRole = view.role.rawValue
            roleWord =
                switch view.role {
                case .node: nil
                case .orchestrator: "orchestrator"
                case .sharedFolder: "shared folder"
                }
            originalName = view.originalName
            nodeState = view.state
            nodeStateWord = StateWord.text(view.state)
            nodeText = view.text
            nodeRemedy = view.remedy
            nodeLog = view.logs.isEmpty ? nil : view.logs.joined(separator: "\n")
            nodeSince = view.since.map(TimeText.text)
            nodeSinceText = view.since.map(MomentText.text) ?? ""
            isOpen = isFailed || view.state == "failed"
        }
    }

    struct Event: Sendable {
        let eventTime: String
        let eventClock: String
        let eventKind: String
        let eventKindWord: String
        let eventNode: String?
        let eventText: String

        init(_ event: StoredEvent) {
            eventTime = TimeText.text(event.time)
            eventClock = MomentText.clock(event.time)
            eventKind = event.kind
            eventKindWord = event.kind == "node-state" ? "Node" : StateWord.text(event.kind)
            eventNode = event.node
            let words = [event.kind == "node-state" ? event.state : nil, event.text, event.url].compactMap(\.self)
            eventText = words.filter { !$0.isEmpty }.joined(separator: ": ")
        }
    }
}
