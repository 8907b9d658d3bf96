import Passes
import TargetContract

/// Does in memory whatever its options ask for.
struct FixtureTarget: DeploymentTarget {
    static var manifest: TargetManifest {
        TargetManifest(
            id: "fixture",
            name: "Fixture",
            summary: "Does what tests ask for.",
            version: "1.0.0",
            capabilities: [],
            options: FixtureOptions.all
        )
    }

    let services: TargetServices
    /// What it says first.
    private let greeting: String?

    init(settings: TargetSettings, services: TargetServices) throws {
        self.services = services
        greeting = settings.values["greeting"]?.string
    }

    func deploy(
        _ plan: SolutionPlan,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try FixtureOptions.checkSecret(of: options)
        report(DeploymentEvent(.applying, text: "Creating objects"))
        if let greeting { report(DeploymentEvent(.information, text: greeting)) }
        for node in plan.nodes {
            report(DeploymentEvent(.nodeState, node: node.name, state: "progressing", text: "Deployment created"))
            if let pace = options.integer("pace") { try await Task.sleep(for: .milliseconds(pace)) }
        }
        if let text = options.text("text") { report(DeploymentEvent(.information, text: text)) }
        if let url = options.text("link") { report(DeploymentEvent(.link, text: url, url: url)) }
        report(DeploymentEvent(.warning, text: "a warning\u{1B}[2J\tof the fixture"))
        if let node = options.text("failing") { report(Self.failure(of: node)) }
        try await FixtureOptions.failOrWait(options, services)
        for node in plan.nodes {
            report(DeploymentEvent(.nodeState, node: node.name, state: "running", text: ""))
        }
        let link = DeploymentOutcome.Link(title: "Web page", url: "http://127.0.0.1:30001/")
        report(DeploymentEvent(.link, text: link.title, url: link.url))
        guard options.text("outcome") == "completed" else { return DeploymentOutcome(state: .running, links: [link]) }
        let artifact = DeploymentOutcome.Artifact(
            fileName: "made.txt", mediaType: "text/plain", bytes: Array("made".utf8))
        return DeploymentOutcome(state: .completed, artifact: artifact)
    }

    private static func failure(of node: String) -> DeploymentEvent {
        DeploymentEvent(
            .nodeState,
            node: node,
            state: "failed",
            text: "The container ends again and again",
            remedy: "Read its log",
            logs: ["Traceback: <model>", "the weights are missing"]
        )
    }
}
