import Blueprints
import Passes
import Secrets
import TargetContract

/// A target with all that a target can have, which misbehaves in one place.
struct MisbehavingTarget: DeploymentTarget {
    static var manifest: TargetManifest {
        Misbehaviour.happens(in: "manifest")
        return TargetManifest(
            id: "misbehaving",
            name: "Misbehaving",
            summary: "Does what it should not.",
            version: "1.0.0",
            options: [
                TargetOption(name: "word", kind: .text, label: "Word", help: "Any word.", hasChoices: true),
                TargetOption(name: "secret", kind: .text, label: "Secret", help: "Not shown.", isSecret: true),
            ]
        )
    }

    init(settings: TargetSettings, services: TargetServices) throws { Misbehaviour.happens(in: "init") }

    func passes(after standard: [any SolutionPass]) -> [any SolutionPass] {
        Misbehaviour.happens(in: "passes")
        return standard + [MisbehavingPass()]
    }

    func deploy(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        report(DeploymentEvent(.applying, text: "Creating objects"))
        Misbehaviour.happens(in: "deploy")
        if let secret = options.secret("secret") {
            secret.withBytes { Misbehaviour.tells(String(decoding: $0, as: UTF8.self)) }
        }
        return DeploymentOutcome(state: .running)
    }
}

struct MisbehavingPass: SolutionPass {
    func apply(to draft: inout SolutionDraft) { Misbehaviour.happens(in: "pass") }
}

extension MisbehavingTarget: Placing, Resuming, Suggesting, OptionChoosing {
    func place(for options: OptionValues) throws -> DeploymentPlace? {
        Misbehaviour.happens(in: "place")
        return nil
    }

    func canResume(with options: OptionValues) -> Bool {
        Misbehaviour.happens(in: "resume")
        return false
    }

    func suggestions(for plan: SolutionPlan) -> [String: String] {
        Misbehaviour.happens(in: "suggestions")
        return [:]
    }

    func choices(for option: String, given: OptionValues) async throws -> [OptionChoice] {
        Misbehaviour.happens(in: "choices")
        return [OptionChoice(value: "one")]
    }
}

extension MisbehavingTarget: Planning, Rendering {
    func preview(_ plan: SolutionPlan, options: OptionValues) async throws -> DeploymentPreview {
        Misbehaviour.happens(in: "preview")
        let secret = options.secret("secret")?.withBytes { String(decoding: $0, as: UTF8.self) } ?? "none"
        return DeploymentPreview(environment: [.init(name: "before", value: Misbehaviour.remembers(secret))])
    }

    func render(_ plan: SolutionPlan, options: OptionValues) throws -> [RenderedFile] {
        Misbehaviour.happens(in: "render")
        return [RenderedFile(path: "name.txt", text: plan.name)]
    }
}

extension MisbehavingTarget: Rerunning, Undeploying, StatusReporting, LogReading {
    func rerun(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        Misbehaviour.happens(in: "rerun")
        return DeploymentOutcome(state: .running)
    }

    func undeploy(_ solution: SolutionReference, options: OptionValues, report: @escaping EventReporter) async throws {
        Misbehaviour.happens(in: "undeploy")
    }

    func status(of solution: SolutionReference, options: OptionValues) async throws -> DeploymentStatus {
        Misbehaviour.happens(in: "status")
        return DeploymentStatus(state: .running)
    }

    func logs(
        of solution: SolutionReference, node: String?, follow: Bool, options: OptionValues,
        line: @escaping @Sendable (LogLine) -> Void
    ) async throws {
        Misbehaviour.happens(in: "logs")
        try await Misbehaviour.saysNothing()
        while Misbehaviour.saysTooMuch, !Task.isCancelled {
            line(LogLine(node: "model", text: String(repeating: "x", count: 1_024)))
        }
        line(LogLine(node: "model", text: "ready"))
    }
}
