internal import Blueprints
internal import Documents
internal import FoundationEssentials
internal import Passes
internal import TargetContract

/// The page of a deployment: how it goes, what is wrong and what to do, and what can be done with it.
struct DeploymentPage: PageContent {
    static let template = "deployment"
    var pageTitle: String { "\(stateWord): \(solutionName)" }
    var styles: [String] { ["graph.css"] }
    var scripts: [String] { ["deployment-parts.js", "deployment.js"] }
    var refresh: String? { isActive ? "?" : nil }

    let root: String
    let csrf: String
    let idempotencyKey: String
    let deploymentID: String
    let solutionName: String
    let solutionVersion: String
    let state: String
    let stateWord: String
    let stateText: String
    let isActive: Bool
    let started: String
    let startedAgo: String
    let isCancelling: Bool
    let canCancel: Bool
    let canReadLogs: Bool
    let canUndeploy: Bool
    let artifact: Artifact?
    let rerun: Rerun?
    let apiCall: APICall?
    let failure: Failure?
    let replacedBy: String?
    let hasLinks: Bool
    let links: [Link]
    let graph: String?
    let graphLabel: String
    let targetName: String
    let cluster: String?
    let namespace: String?
    let ownerName: String
    let created: String
    let createdText: String
    let finished: String?
    let finishedText: String
    let finishedWord: String
    let attempt: Int
    let digest: String?
    let phases: [Phase]
    let hasWarnings: Bool
    let warnings: [Warning]
    let hasNodes: Bool
    let nodes: [Node]
    let lastEvent: Int
    let eventCount: String
    let events: [Event]

    /// - Parameters:
    ///   - target: nil where the target is not loaded any more.
    ///   - user: who looks at it.
    init(
        _ view: DeploymentView,
        target: LoadedTarget?,
        packages: Bool,
        user: UserIdentity,
        setting: PageSetting
    ) throws {
        let record = view.record
        root = setting.root
        csrf = setting.csrf
        idempotencyKey = UUID().uuidString.lowercased()
        deploymentID = record.id
        solutionName = record.solution?.name ?? record.reference.solutionID
        solutionVersion = record.solution?.version ?? ""
        // As in the list: what was there is what another deployment has made of it.
        let isReplaced = record.replacedBy != nil
        state = isReplaced ? "removed" : record.state.rawValue
        stateWord = isReplaced ? "Replaced" : StateWord.text(state)
        let lastTold = view.events.last { [StoredEvent.stateKind, "phase"].contains($0.kind) }?.text ?? ""
        stateText = isReplaced ? "" : lastTold
        isActive = record.state.isActive
        let begin = view.progress.phases.first?.started ?? record.created
        started = TimeText.text(begin)
        startedAgo = DurationText.text(seconds: setting.now - begin)
        isCancelling = record.isCancelling
        canCancel = isActive && !isCancelling
        canReadLogs = target?.can(.logs) == true && record.planDigest != nil && record.state != .removed
        canUndeploy = !isReplaced && target?.can(.undeploying) == true && record.machine.permits(.undeploy)
        artifact = Artifact(record, packages: packages)
        rerun = target.flatMap { $0.isDraining || !$0.permits(user) ? nil : Rerun(record, target: $0) }
        apiCall = target.map { APICall(record, target: $0) }
        failure = record.failure.map(Failure.init)
        replacedBy = record.replacedBy
        links = record.links.map { Link(linkTitle: $0.title, linkURL: $0.url) }
        hasLinks = !links.isEmpty
        let views = NodeView.all(of: view.plan, view.progress, isOver: !isActive)
        let isWatched = isActive || !view.progress.nodes.isEmpty
        let states =
            isWatched ? Dictionary(views.map { ($0.name, $0.state) }, uniquingKeysWith: { first, _ in first }) : [:]
        graph = try view.plan.map { try GraphDrawing(PipelineGraph(plan: $0, states: states)).svg }
        graphLabel = view.plan?.isSingleModel == true ? "the model" : "the pipeline"
        targetName = target?.manifest.name ?? record.target
        cluster = record.place?.server
        namespace = record.place?.namespace
        ownerName = record.owner.name
        created = TimeText.text(record.created)
        createdText = MomentText.text(record.created)
        finished = record.finished.map(TimeText.text)
        finishedText = record.finished.map(MomentText.text) ?? ""
        finishedWord = record.state == .running ? "Running since" : "Ended"
        attempt = record.attempt
        digest = record.planDigest
        let lastPhase = view.progress.phases.last
        phases = view.progress.phases.map { phase in
            Phase(phase, end: phase == lastPhase && !record.state.isActive ? record.state : nil, now: setting.now)
        }
        warnings = view.progress.warnings.map { event in
            Warning(warningNode: event.node, warningText: event.text, warningRemedy: event.remedy)
        }
        hasWarnings = !warnings.isEmpty
        nodes = isWatched ? views.map { Node($0, isFailed: record.failure?.node == $0.name) } : []
        hasNodes = !nodes.isEmpty
        lastEvent = record.lastEvent
        eventCount = view.events.count == 1 ? "1 event" : "\(view.events.count) events"
        events = view.events.suffix(Self.shownEvents).map(Event.init)
    }

    /// As many of the last events are in the page; the API has all.
    private static let shownEvents = 500
}
