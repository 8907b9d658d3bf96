import Blueprints
import Passes
import Synchronization
import TargetContract

/// Refuses pipelines with a loop, in all that it can do.
struct ChoosyTarget: ExampleTarget, Rendering, Planning, Undeploying, StatusReporting, LogReading, Rerunning {
    static var manifest: TargetManifest {
        example(capabilities: [
            "rendering/v1", "planning/v1", "undeploying/v1", "status-reporting/v1", "log-reading/v1", "rerunning/v1",
        ])
    }
    let shelf = Shelf()
    init(services: TargetServices) {}

    func text(of plan: SolutionPlan, _ options: OptionValues) async throws -> String {
        try check(plan)
        shelf.put(plan.reference.solutionID)
        return try lines(of: plan, options)
    }
    func render(_ plan: SolutionPlan, options: OptionValues) throws -> [RenderedFile] {
        try check(plan)
        return [RenderedFile(path: "nodes.txt", text: try lines(of: plan, options))]
    }
    func preview(_ plan: SolutionPlan, options: OptionValues) async throws -> DeploymentPreview {
        try check(plan)
        let isThere = shelf.things.contains(plan.reference.solutionID)
        return DeploymentPreview(
            changes: [.init(action: isThere ? .unchanged : .created, kind: "List", name: plan.name)])
    }
    func undeploy(_ solution: SolutionReference, options: OptionValues, report: @escaping EventReporter) async throws {
        try Task.checkCancellation()
        guard shelf.take(solution.solutionID) else { throw nothing }
    }
    func status(of solution: SolutionReference, options: OptionValues) async throws -> DeploymentStatus {
        DeploymentStatus(state: shelf.things.contains(solution.solutionID) ? .running : .absent)
    }
    func logs(
        of solution: SolutionReference, node: String?, follow: Bool, options: OptionValues,
        line: @escaping @Sendable (LogLine) -> Void
    ) async throws { guard shelf.things.contains(solution.solutionID) else { throw nothing } }
    func rerun(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        guard shelf.things.contains(plan.reference.solutionID) else { throw nothing }
        return outcome("")
    }

    private func lines(of plan: SolutionPlan, _ options: OptionValues) throws -> String {
        try checkTitle(options)
        _ = options.secret("token")
        return ([options.text("title") ?? "nodes"] + plan.nodes.map(\.name)).joined(separator: "\n")
    }

    private func check(_ plan: SolutionPlan) throws {
        guard plan.name == "conformance-loop" else { return }
        throw TargetError(
            .unsupported, what: "Loops cannot be listed", why: "a list has an end", remedy: "Take the loop out")
    }

    private var nothing: TargetError {
        TargetError(.conflict, what: "Nothing is listed", why: "it was not deployed", remedy: "Deploy it first")
    }
}

/// What was deployed and not taken away.
final class Shelf: Sendable {
    private static let shelves = Mutex<[String: Shelf]>([:])
    private let state = Mutex<(things: Set<String>, wasUsed: Bool)>(([], false))

    var things: Set<String> { state.withLock(\.things) }
    var wasUsed: Bool { state.withLock(\.wasUsed) }

    func put(_ thing: String) {
        state.withLock {
            $0.things.insert(thing)
            $0.wasUsed = true
        }
    }

    /// The one of that name, which tests and targets share.
    static func named(_ name: String) -> Shelf {
        shelves.withLock { shelves in
            let shelf = shelves[name] ?? Shelf()
            shelves[name] = shelf
            return shelf
        }
    }

    /// Whether it was there.
    func take(_ thing: String) -> Bool { state.withLock { $0.things.remove(thing) != nil } }
}

/// Has a place for each title and token, on the shelf that its settings name.
struct ShelfTarget: ExampleTarget, Undeploying, Rerunning {
    static var manifest: TargetManifest { example(capabilities: ["undeploying/v1", "rerunning/v1"]) }
    let shelf: Shelf
    init(services: TargetServices) { shelf = Shelf() }
    init(settings: TargetSettings, services: TargetServices) throws {
        try settings.requireOnly(["shelf"])
        shelf = Shelf.named(try settings.text("shelf") ?? "")
    }

    func text(of plan: SolutionPlan, _ options: OptionValues) async throws -> String {
        let place = place(of: plan.reference, options)
        shelf.put(place)
        return place
    }
    func undeploy(_ solution: SolutionReference, options: OptionValues, report: @escaping EventReporter) async throws {
        try Task.checkCancellation()
        if shelf.take(place(of: solution, options)) { return }
        throw TargetError(.conflict, what: "Nothing is there", why: "it was not deployed", remedy: "Deploy it first")
    }
    func rerun(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        guard shelf.things.contains(place(of: plan.reference, options)) else {
            throw TargetError(.conflict, what: "Nothing is there", why: "it was not deployed", remedy: "Deploy it")
        }
        return outcome("")
    }

    private func place(of solution: SolutionReference, _ options: OptionValues) -> String {
        let token = options.secret("token")?.withBytes { $0.reduce(0) { $0 &+ Int($1) } }
        return "\(solution.solutionID) \(options.text("title") ?? "") \(token ?? 0)"
    }
}

/// Refuses because it cannot write, without an environment.
struct ApplyingRefusalTarget: ExampleTarget {
    init(services: TargetServices) {}
    func deploy(
        _ plan: SolutionPlan, options: OptionValues, report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        try Task.checkCancellation()
        report(DeploymentEvent(.planning, text: "Looking"))
        report(DeploymentEvent(.applying, text: "Writing"))
        throw TargetError(.unavailable, what: "Nothing is written", why: "nobody answers", remedy: "Wait")
    }
}

/// Has a secret that counts only while another option has a value that nobody gives.
struct IdleSecretTarget: ExampleTarget {
    static var manifest: TargetManifest {
        let lock = TargetOption(name: "lock", kind: .boolean, label: "Lock", help: "Locks it.", defaultValue: "false")
        let title = TargetOption(name: "title", kind: .text, label: "Title", help: "The first line.")
        let token = TargetOption(
            name: "token", kind: .integer(minimum: 1, maximum: 9), label: "Token", help: "Opens it.", isSecret: true,
            appliesWhen: OptionCondition("lock", is: "true"))
        return example(options: [title, lock, token])
    }
    init(services: TargetServices) {}
    func text(of plan: SolutionPlan, _ options: OptionValues) async throws -> String {
        "\(options.text("title") ?? "") \(options.boolean("lock")) \(options.secret("token") == nil)"
    }
}
