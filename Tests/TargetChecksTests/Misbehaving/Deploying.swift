import Passes
import Synchronization
import TargetContract

struct BadLabelTarget: ExampleTarget {
    static var manifest: TargetManifest {
        example(options: exampleOptions + [TargetOption(name: "size", kind: .boolean, label: "", help: "A size.")])
    }
    init(services: TargetServices) {}
    func text(of plan: SolutionPlan, _ options: OptionValues) async throws -> String {
        "\(options.boolean("size")) \(options.text("title") ?? "") \(options.secret("token") == nil)"
    }
}

struct NoStartTarget: ExampleTarget {
    init(services: TargetServices) {}
    init(settings: TargetSettings, services: TargetServices) throws {
        throw TargetError(.invalidSettings, what: "No start", why: "so it is", remedy: "Do without")
    }
}

struct ChangingPassTarget: ExampleTarget {
    struct Pass: SolutionPass {
        let counter = Counter()
        func apply(to draft: inout SolutionDraft) throws(Refusal) { draft.note(.information, "\(counter.next())") }
    }
    init(services: TargetServices) {}
    func passes(after standard: [any SolutionPass]) -> [any SolutionPass] { standard + [Pass()] }
}

struct LateRefusalTarget: ExampleTarget {
    init(services: TargetServices) {}
    func deploy(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        report(DeploymentEvent(.applying, text: "Writing"))
        try checkTitle(options)
        try Task.checkCancellation()
        return outcome(try await text(of: plan, options))
    }
}

struct RandomTarget: ExampleTarget {
    let counter = Counter()
    init(services: TargetServices) {}
    func text(of plan: SolutionPlan, _ options: OptionValues) async throws -> String {
        "\(options.text("title") ?? "") \(options.secret("token") == nil) \(counter.next())"
    }
}

/// Keeps the plan at hand in the target.
final class SharedStateTarget: ExampleTarget {
    private let names = Mutex<[String]>([])
    init(services: TargetServices) {}
    func text(of plan: SolutionPlan, _ options: OptionValues) async throws -> String {
        _ = (options.text("title"), options.secret("token"))
        names.withLock { $0 = plan.nodes.map(\.name) }
        try await Task.sleep(for: .milliseconds(20))
        return names.withLock { $0.joined(separator: "\n") }
    }
}

struct StubbornTarget: ExampleTarget {
    init(services: TargetServices) {}
    func text(of plan: SolutionPlan, _ options: OptionValues) async throws -> String {
        _ = (options.text("title"), options.secret("token"))
        return "always"
    }
    func deploy(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try checkTitle(options)
        return outcome(try await text(of: plan, options))
    }
}

struct DeafTarget: ExampleTarget {
    init(services: TargetServices) {}
    func text(of plan: SolutionPlan, _ options: OptionValues) async throws -> String {
        _ = (options.text("title"), options.secret("token"))
        guard Task.isCancelled else { return "now" }
        try await Task.detached { try await Task.sleep(for: .seconds(3600)) }.value
        return "late"
    }
    func deploy(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try checkTitle(options)
        return outcome(try await text(of: plan, options))
    }
}

struct DisguisedCancellationTarget: ExampleTarget {
    init(services: TargetServices) {}
    func deploy(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        if Task.isCancelled {
            throw TargetError(.failed, what: "The work has ended", why: "it was cancelled", remedy: "Begin again")
        }
        try checkTitle(options)
        return outcome(try await text(of: plan, options))
    }
}

struct UnreadOptionTarget: ExampleTarget {
    init(services: TargetServices) {}
    func checkTitle(_ options: OptionValues) throws {}
    func deploy(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        return outcome(options.secret("token") == nil ? "closed" : "open")
    }
}

struct MisspeltOptionTarget: ExampleTarget {
    init(services: TargetServices) {}
    func text(of plan: SolutionPlan, _ options: OptionValues) async throws -> String {
        "\(options.text("titel") ?? "") \(options.text("title") ?? "") \(options.secret("token") == nil)"
    }
}

struct OpenSecretTarget: ExampleTarget {
    init(services: TargetServices) {}
    func text(of plan: SolutionPlan, _ options: OptionValues) async throws -> String {
        "\(options.text("title") ?? "") \(options.text("token") ?? "") \(options.secret("token") == nil)"
    }
}

/// Waits for what cannot have been written.
struct WaitingRefusalTarget: ExampleTarget {
    init(services: TargetServices) {}
    func deploy(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        report(DeploymentEvent(.waiting, text: "Waiting"))
        throw TargetError(.unavailable, what: "Nothing is ready", why: "nobody answers", remedy: "Wait")
    }
}
