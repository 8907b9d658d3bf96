import Blueprints
import Foundation
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

struct RemovingFirstTarget: ReportingTarget {
    init(services: TargetServices) {}
    func events(of plan: SolutionPlan) -> [DeploymentEvent] {
        [DeploymentEvent(.removing, text: "Removing"), DeploymentEvent(.applying, text: "Applying")]
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

/// Says nothing of use to whoever has a token.
struct HelplessTokenTarget: ExampleTarget {
    init(services: TargetServices) {}
    func text(of plan: SolutionPlan, _ options: OptionValues) async throws -> String {
        guard options.secret("token") != nil else { return options.text("title") ?? "" }
        throw TargetError(.invalidOption, what: "The token is wrong", why: "it opens nothing", remedy: "")
    }
}

struct ForeignPlaceTarget: ExampleTarget, Placing {
    struct Trouble: Error {}
    static var manifest: TargetManifest { example(capabilities: ["placing/v1"]) }
    init(services: TargetServices) {}
    func place(for options: OptionValues) throws -> DeploymentPlace? {
        if options.secret("token") != nil { throw Trouble() }
        return nil
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

struct TellingStartTarget: ExampleTarget {
    init(services: TargetServices) {}
    init(settings: TargetSettings, services: TargetServices) throws {
        guard !settings.values.isEmpty else { return }
        throw TargetError(
            .invalidSettings, what: "A setting is unknown", why: "hunter2-of-the-administrator is all it takes",
            remedy: "Take it out")
    }
}

/// Tells a token in the errors of one of its capabilities.
protocol TellingTarget: ExampleTarget {}

extension TellingTarget {
    func tell(_ options: OptionValues) throws {
        guard let token = options.secret("token")?.withBytes({ String(decoding: $0, as: UTF8.self) }) else { return }
        throw TargetError(
            .invalidOption, what: "The token is wrong", why: "\(token) opens nothing", remedy: "Correct it")
    }
}

struct TellingStatusTarget: TellingTarget, StatusReporting {
    static var manifest: TargetManifest { example(capabilities: ["status-reporting/v1"]) }
    init(services: TargetServices) {}
    func status(of solution: SolutionReference, options: OptionValues) async throws -> DeploymentStatus {
        try tell(options)
        return DeploymentStatus(state: .running)
    }
}

struct TellingReaderTarget: TellingTarget, LogReading {
    static var manifest: TargetManifest { example(capabilities: ["log-reading/v1"]) }
    init(services: TargetServices) {}
    func logs(
        of solution: SolutionReference, node: String?, follow: Bool, options: OptionValues,
        line: @escaping @Sendable (LogLine) -> Void
    ) async throws { try tell(options) }
}

struct TellingRunTarget: TellingTarget, Rerunning {
    static var manifest: TargetManifest { example(capabilities: ["rerunning/v1"]) }
    init(services: TargetServices) {}
    func rerun(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        try tell(options)
        return outcome("")
    }
}

struct TellingRemovalTarget: TellingTarget, Undeploying {
    static var manifest: TargetManifest { example(capabilities: ["undeploying/v1"]) }
    init(services: TargetServices) {}
    func undeploy(_ solution: SolutionReference, options: OptionValues, report: @escaping EventReporter) async throws {
        try Task.checkCancellation()
        try tell(options)
    }
}

struct TellingChoiceTarget: TellingTarget, OptionChoosing {
    static var manifest: TargetManifest {
        var options = exampleOptions
        options[0].hasChoices = true
        return example(capabilities: ["option-choosing/v1"], options: options)
    }
    init(services: TargetServices) {}
    func choices(for option: String, given: OptionValues) async throws -> [OptionChoice] {
        try tell(given)
        return [OptionChoice(value: "nodes")]
    }
}

struct TellingSuggestionTarget: ExampleTarget, Suggesting {
    static var manifest: TargetManifest { example(capabilities: ["suggesting/v1"]) }
    init(services: TargetServices) {}
    func suggestions(for plan: SolutionPlan) -> [String: String] { ["title": "hunter2-of-the-administrator"] }
}

/// Says the token in events and errors, as it is, line by line and in Base64.
struct RepeatingTarget: ExampleTarget {
    static var manifest: TargetManifest {
        var options = exampleOptions
        options[1].kind = .document
        return example(options: options)
    }
    init(services: TargetServices) {}
    func deploy(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        try checkTitle(options)
        let token = options.secret("token")?.withBytes { String(decoding: $0, as: UTF8.self) } ?? ""
        let lines = token.split(whereSeparator: \.isNewline).joined(separator: " | ")
        report(DeploymentEvent(.nodeState, node: "stranger", state: "ready", text: "opened with \(lines)"))
        try Task.checkCancellation()
        throw TargetError(
            .failed, what: "\(token) opens nothing.", why: "Basic \(Data(token.utf8).base64EncodedString())",
            remedy: "Correct it")
    }
}
