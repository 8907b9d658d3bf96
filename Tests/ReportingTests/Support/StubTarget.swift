import Passes
import TargetContract

@testable import DeployerHost

/// Ends at once, as its options ask for.
struct StubTarget: DeploymentTarget {
    static var manifest: TargetManifest {
        TargetManifest(
            id: "stub",
            name: "Stub",
            summary: "Does nothing.",
            version: "1.0.0",
            capabilities: [],
            options: [
                TargetOption(name: "fails", kind: .boolean, label: "", help: ""),
                TargetOption(name: "token", kind: .text, label: "", help: "", isSecret: true),
            ]
        )
    }

    init(settings: TargetSettings, services: TargetServices) throws {}

    func deploy(
        _ plan: SolutionPlan,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        let token = options.secret("token")?.withBytes { String(decoding: $0, as: UTF8.self) } ?? ""
        report(DeploymentEvent(.applying, text: "Creating objects with \(token)"))
        if options.boolean("fails") {
            throw TargetError(
                .unavailable, what: "It failed with \(token)", why: "\(token) is wrong", remedy: "Ask \(token)")
        }
        report(DeploymentEvent(.link, text: "first \(token)", url: "http://192.0.2.1/\(token)"))
        let link = DeploymentOutcome.Link(title: "second \(token)", url: "http://192.0.2.2/\(token)")
        return DeploymentOutcome(state: .running, links: [link])
    }

    /// As if it had been loaded.
    static func loaded() throws -> TargetRegistry {
        let target = try StubTarget(settings: TargetSettings(), services: TargetServices { _, _ in })
        var modules = LoadedModules()
        modules.targets = [
            LoadedTarget(
                module: "Stub", manifest: manifest, hosted: InProcessTarget(target), contract: 1, file: "",
                isolation: .host)
        ]
        return TargetRegistry(modules: modules, defaultID: "stub")
    }
}
