import Dispatch
import Passes
import TargetContract

/// Where a target blocks the threads that it is called on.
enum Blocking: String, CaseIterable, Sendable {
    case passes, pass, suggestions, preview, deploy

    /// The first call that does not end.
    var words: String {
        switch self {
        case .passes: "passes"
        case .pass: "a pass for conformance-model"
        case .suggestions, .preview, .deploy: "\(rawValue)(conformance-model)"
        }
    }

    /// Ends the waiting in that place.
    var gate: Gate { Self.gates[self] ?? Gate() }
    private static let gates = Dictionary(uniqueKeysWithValues: allCases.map { ($0, Gate()) })
}

/// Threads wait before it until it is open.
final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    func open() { semaphore.signal() }
    func pass() {
        semaphore.wait()
        semaphore.signal()
    }
}

/// Blocks in the place that its settings name.
struct BlockingTarget: ExampleTarget, Planning, Suggesting {
    struct Pass: SolutionPass {
        let target: BlockingTarget
        func apply(to draft: inout SolutionDraft) throws(Refusal) { target.block(in: .pass) }
    }

    static var manifest: TargetManifest { example(capabilities: ["planning/v1", "suggesting/v1"]) }
    let place: Blocking?
    init(services: TargetServices) { place = nil }
    init(settings: TargetSettings, services: TargetServices) throws {
        place = Blocking(rawValue: try settings.text("place") ?? "")
    }

    func passes(after standard: [any SolutionPass]) -> [any SolutionPass] {
        block(in: .passes)
        return standard + [Pass(target: self)]
    }
    func suggestions(for plan: SolutionPlan) -> [String: String] {
        block(in: .suggestions)
        return [:]
    }
    func preview(_ plan: SolutionPlan, options: OptionValues) async throws -> DeploymentPreview {
        block(in: .preview)
        return DeploymentPreview()
    }
    /// With more tasks than the machine has threads for them.
    func text(of plan: SolutionPlan, _ options: OptionValues) async throws -> String {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { block(in: .deploy) } }
        }
        return ""
    }

    func block(in place: Blocking) { if place == self.place { place.gate.pass() } }
}
