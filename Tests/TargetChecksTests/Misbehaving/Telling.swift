import Passes
import TargetContract

/// Reports one more event, which is wrong.
protocol ReportingTarget: ExampleTarget {
    func events(of plan: SolutionPlan) -> [DeploymentEvent]
}

extension ReportingTarget {
    func deploy(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        try checkTitle(options)
        for event in events(of: plan) { report(event) }
        try Task.checkCancellation()
        return outcome(try await text(of: plan, options))
    }
}

struct BackwardsTarget: ReportingTarget {
    init(services: TargetServices) {}
    func events(of plan: SolutionPlan) -> [DeploymentEvent] {
        [DeploymentEvent(.waiting, text: "Waiting"), DeploymentEvent(.applying, text: "Applying")]
    }
}

struct StrangeNodeTarget: ReportingTarget {
    init(services: TargetServices) {}
    func events(of plan: SolutionPlan) -> [DeploymentEvent] {
        [DeploymentEvent(.nodeState, node: "stranger", state: "ready", text: "")]
    }
}

struct HelplessTarget: ReportingTarget {
    init(services: TargetServices) {}
    func events(of plan: SolutionPlan) -> [DeploymentEvent] {
        [DeploymentEvent(.nodeState, node: plan.nodes.first?.name, state: "failed", text: "It failed")]
    }
}

struct ScriptLinkTarget: ReportingTarget {
    init(services: TargetServices) {}
    func events(of plan: SolutionPlan) -> [DeploymentEvent] {
        [DeploymentEvent(.link, text: "Page", url: "javascript:alert(1)")]
    }
}

struct LateEventTarget: ExampleTarget {
    init(services: TargetServices) {}
    func deploy(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        try checkTitle(options)
        Task.detached {
            try await Task.sleep(for: .milliseconds(50))
            report(DeploymentEvent(.information, text: "By the way"))
        }
        return outcome(try await text(of: plan, options))
    }
}

struct ForeignErrorTarget: ExampleTarget {
    struct Trouble: Error {}
    init(services: TargetServices) {}
    func checkTitle(_ options: OptionValues) throws {
        if options.text("title")?.contains("{") == true { throw Trouble() }
    }
}

struct NoRemedyTarget: ExampleTarget {
    init(services: TargetServices) {}
    func checkTitle(_ options: OptionValues) throws {
        guard options.text("title")?.contains("{") == true else { return }
        throw TargetError(.invalidOption, what: "The title cannot be used", why: "it has a brace", remedy: "")
    }
}

struct TellingErrorTarget: ExampleTarget {
    init(services: TargetServices) {}
    func text(of plan: SolutionPlan, _ options: OptionValues) async throws -> String {
        guard let token = options.secret("token")?.withBytes({ String(decoding: $0, as: UTF8.self) }) else {
            return options.text("title") ?? ""
        }
        throw TargetError(
            .invalidOption, what: "The token is wrong", why: "\(token) opens nothing", remedy: "Correct it")
    }
}

struct TellingLogTarget: ExampleTarget {
    let services: TargetServices
    init(services: TargetServices) { self.services = services }
    func text(of plan: SolutionPlan, _ options: OptionValues) async throws -> String {
        let token = options.secret("token")?.withBytes { String(decoding: $0, as: UTF8.self) }
        services.log(.debug, "token \(token ?? "")")
        return options.text("title") ?? ""
    }
}

struct RememberingTarget: ExampleTarget {
    let password = "hunter2-of-the-administrator"
    init(services: TargetServices) {}
}
