internal import Blueprints
internal import TargetContract

/// What the platform is told of a deployment when work on it begins or ends: texts that fit, and never a credential.
struct DeploymentReport: Sendable, Hashable {
    let milestone: DeploymentMilestones.Milestone
    let deployment: String
    let reference: SolutionReference
    let user: PlatformID
    let operation: DeploymentOperation
    let state: DeploymentState
    /// When it was, in seconds since 1970.
    let time: Double
    /// The target, and the host of the cluster.
    let target: String
    /// A JSON object for programs: deployment, state, namespace, page and web pages.
    let detail: String
    /// What happened, in a sentence.
    let result: String
    /// The same for whoever does not know which deployment is meant, with links, or with what to do.
    let message: String
    /// The deployment's page on this host.
    let page: String?

    /// Nil for a user who is none of the platform.
    /// - Parameter event: the one that is the milestone.
    init?(
        _ milestone: DeploymentMilestones.Milestone,
        _ event: StoredEvent,
        of record: DeploymentRecord,
        at site: ReportSite
    ) {
        guard let user = PlatformID(record.owner.id) else { return nil }
        self.milestone = milestone
        self.user = user
        deployment = record.id
        reference = record.reference
        operation = record.operation
        state = record.state
        time = event.time
        page = site.page(of: record.id)
        target = ReportText.target(of: record)
        detail = ReportText.detail(of: record, page: page)
        result = ReportText.result(event, of: record)
        message = ReportText.message(event, of: record)
    }
}

extension DeploymentReport {
    /// The state as CDS has it, for its record of the deployment.
    ///
    /// CDS has no word for what was taken away: it stays deployed there, and the detail tells the rest.
    var deploymentStatus: String {
        switch state {
        case .queued, .fetching, .planning, .applying, .waiting, .starting, .removing: "IP"
        case .running, .completed, .removed: "DP"
        case .failed, .cancelled, .interrupted: "FA"
        }
    }

    /// The same for its record of the task.
    var taskStatus: String {
        switch deploymentStatus {
        case "IP": "ST"
        case "DP": "SU"
        default: "FA"
        }
    }

    /// How much it concerns the user; whoever cancels something knows.
    var severity: String { state == .failed || state == .interrupted ? "HI" : "ME" }
}
