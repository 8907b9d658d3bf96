internal import Blueprints
internal import FoundationEssentials
internal import TargetContract

/// The form for what needs the secrets of a deployment again.
struct AgainPage: PageContent {
    static let template = "again"
    var pageTitle: String { "\(heading): \(solutionName)" }
    var scripts: [String] { ["deploy.js"] }

    let root: String
    let csrf: String
    let idempotencyKey: String
    let deploymentID: String
    let solutionName: String
    let solutionVersion: String
    let heading: String
    let explanation: String
    let actionPath: String
    let submitLabel: String
    let isDestructive: Bool
    let hasNodeChoices: Bool
    let nodeChoices: [LogsPage.NodeChoice]
    let hasOptions: Bool
    let fields: [OptionField]
    let advanced: OptionForm.Advanced?
    var draft: String?
    var problemSummary: ProblemSummary?

    /// - Parameter nodes: whose logs can be read; for `logs` only.
    init(
        _ action: DeploymentAction,
        of record: DeploymentRecord,
        form: OptionForm,
        nodes: [String] = [],
        setting: PageSetting
    ) {
        root = setting.root
        csrf = setting.csrf
        idempotencyKey = UUID().uuidString.lowercased()
        deploymentID = record.id
        solutionName = record.solution?.name ?? record.reference.solutionID
        solutionVersion = record.solution?.version ?? ""
        heading = action.heading(for: record)
        explanation = action.explanation(for: record)
        actionPath = "deployments/\(record.id)/\(action.rawValue)"
        submitLabel = action == .logs ? "Read logs" : heading
        isDestructive = action == .undeploy
        nodeChoices = action == .logs ? LogsPage.NodeChoice.all(nodes, selected: nil) : []
        hasNodeChoices = !nodeChoices.isEmpty
        hasOptions = form.hasOptions
        fields = form.fields
        advanced = form.advanced
    }
}

/// What can be done with a deployment in a page of its own.
enum DeploymentAction: String, Sendable {
    case rerun, undeploy, logs

    fileprivate func heading(for record: DeploymentRecord) -> String {
        switch self {
        case .rerun:
            // As on the button that leads here.
            switch record.state {
            case .running: "Run again"
            case .interrupted, .cancelled: "Go on"
            case .failed: "Try again"
            default: "Deploy again"
            }
        case .undeploy: "Undeploy"
        case .logs: "Logs"
        }
    }

    fileprivate func explanation(for record: DeploymentRecord) -> String {
        let secrets = "Secrets are not kept after the work on a deployment, so they are asked for again."
        let place = record.place.map { " in the namespace \($0.namespace)" } ?? ""
        return switch self {
        case .rerun: "The options of the last time are filled in. \(secrets)"
        case .undeploy: "Everything that was deployed\(place) is taken away. \(secrets)"
        case .logs: "Reading logs needs access to the environment. \(secrets)"
        }
    }

    /// The options that the form asks for: all for starting again, else what is needed to get there. What does not
    /// count with the options of the deployment is left out, and as it stays where it is, no values are listed.
    func options(of target: LoadedTarget, for record: DeploymentRecord) -> [TargetOption] {
        let applying = TargetOption.applying(target.manifest.options, given: record.options).filter {
            $0.userAttribute == nil
        }
        let options =
            switch self {
            case .rerun: applying
            case .undeploy: applying.filter { $0.isSecret || $0.isAdvanced }
            case .logs: applying.filter(\.isSecret)
            }
        return options.map { option in
            var option = option
            option.hasChoices = false
            option.appliesWhen = option.appliesWhen.flatMap { condition in
                options.contains { $0.name == condition.option } ? condition : nil
            }
            return option
        }
    }
}
