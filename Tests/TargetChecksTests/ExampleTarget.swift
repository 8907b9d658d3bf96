import Passes
import TargetContract

/// A small target that does everything right; the misbehaving ones do one thing in another way.
protocol ExampleTarget: DeploymentTarget {
    init(services: TargetServices)
    /// The text of the artifact.
    func text(of plan: SolutionPlan, _ options: OptionValues) async throws -> String
    /// Refuses titles that cannot be used.
    func checkTitle(_ options: OptionValues) throws
}

extension ExampleTarget {
    static var manifest: TargetManifest { example() }

    static func example(capabilities: [String] = [], options: [TargetOption] = exampleOptions) -> TargetManifest {
        TargetManifest(
            id: "example",
            name: "Example",
            summary: "Lists the nodes.",
            version: "1.0.0",
            capabilities: capabilities,
            options: options
        )
    }

    static var exampleOptions: [TargetOption] {
        [
            TargetOption(name: "title", kind: .text, label: "Title", help: "The first line."),
            TargetOption(name: "token", kind: .text, label: "Token", help: "Opens the list.", isSecret: true),
        ]
    }

    init(settings: TargetSettings, services: TargetServices) throws {
        try settings.requireOnly([])
        self.init(services: services)
    }

    func deploy(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        report(DeploymentEvent(.planning, text: "Looking"))
        try checkTitle(options)
        for node in plan.nodes {
            try Task.checkCancellation()
            report(DeploymentEvent(.nodeState, node: node.name, state: "ready", text: "listed"))
        }
        try Task.checkCancellation()
        return outcome(try await text(of: plan, options))
    }

    func text(of plan: SolutionPlan, _ options: OptionValues) async throws -> String {
        _ = options.secret("token")
        return ([options.text("title") ?? "nodes"] + plan.nodes.map(\.name)).joined(separator: "\n")
    }

    func outcome(_ text: String) -> DeploymentOutcome {
        let artifact = DeploymentOutcome.Artifact(
            fileName: "nodes.txt", mediaType: "text/plain", bytes: Array(text.utf8))
        return DeploymentOutcome(state: .completed, artifact: artifact)
    }

    func checkTitle(_ options: OptionValues) throws {
        guard options.text("title")?.contains("{") == true else { return }
        throw TargetError(
            .invalidOption, what: "The title cannot be used", why: "it has a brace", remedy: "Take another one")
    }
}

/// Nothing but what the protocol does.
struct WellBehavedTarget: ExampleTarget {
    init(services: TargetServices) {}
}
