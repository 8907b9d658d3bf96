internal import Blueprints
internal import Passes
internal import TargetContract

/// Something that a worker is to do with the target it has loaded. Secret options come in messages of their own.
struct WorkerCall: Codable, Sendable {
    enum Operation: String, Codable, Sendable, CaseIterable {
        case plan, deploy, rerun, undeploy, preview, render, status, logs, choices, suggestions, place, canResume

        /// What the target is doing, to go on after `while it`.
        var phrase: String {
            switch self {
            case .plan: "planned the solution"
            case .deploy: "deployed"
            case .rerun: "started the pipeline anew"
            case .undeploy: "took the deployment away"
            case .preview: "looked at what a deployment would do"
            case .render: "rendered files"
            case .status: "looked at the deployment"
            case .logs: "read logs"
            case .choices: "listed values of an option"
            case .suggestions: "suggested values"
            case .place: "told where a deployment goes"
            case .canResume: "told whether a deployment can go on"
            }
        }

        /// When something happens with it.
        var happening: String { "while it \(phrase)" }

        /// Whether the worker has only looked and computed, and can be used again.
        var isBrief: Bool {
            switch self {
            case .plan, .choices, .suggestions, .place, .canResume, .preview, .render, .status: true
            case .deploy, .rerun, .undeploy, .logs: false
            }
        }

        fileprivate var deadline: Duration? {
            switch self {
            case .suggestions, .place, .canResume: .seconds(10)
            case .plan: .seconds(60)
            case .preview, .render, .status, .choices: .seconds(300)
            // The engine has it end earlier, and in good order.
            case .logs: .seconds(600)
            case .deploy, .rerun, .undeploy: nil
            }
        }
    }

    /// How long it may take; nil where somebody else watches over it.
    var deadline: Duration? { follow == true ? nil : operation.deadline }

    var operation: Operation
    var options: [String: String] = [:]
    var plan: SolutionPlan?
    var source: SourceMessage?
    var orchestratorImage: String?
    var solution: SolutionReference?
    var option: String?
    var node: String?
    var follow: Bool?
}

/// What deploying gave; the artifact's bytes are the attachment.
struct OutcomeMessage: Codable, Sendable {
    var state: DeploymentOutcome.State
    var links: [DeploymentOutcome.Link]
    var fileName: String?
    var mediaType: String?

    init(_ outcome: DeploymentOutcome) {
        state = outcome.state
        links = outcome.links
        fileName = outcome.artifact?.fileName
        mediaType = outcome.artifact?.mediaType
    }

    func outcome(artifact bytes: [UInt8]?) -> DeploymentOutcome {
        guard let fileName, let mediaType, let bytes else { return DeploymentOutcome(state: state, links: links) }
        let artifact = DeploymentOutcome.Artifact(fileName: fileName, mediaType: mediaType, bytes: bytes)
        return DeploymentOutcome(state: state, artifact: artifact, links: links)
    }
}
