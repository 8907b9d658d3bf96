import Orchestration
import Synchronization
import TargetContract
import Testing

@testable import Creodias

struct EventTallyTests {
    private static let component = "OrchestrationThreadBase[component=a,svc=Model,rpc=run]"

    /// What is known after events of these names.
    private func tally(_ names: [String]) -> (unreached: String?, told: [DeploymentEvent]) {
        let told = Mutex<[DeploymentEvent]>([])
        let tally = EventTally { event in told.withLock { $0.append(event) } }
        for name in names {
            tally.take(OrchestratorEvent(name: name, component: Self.component, detail: ["rpc": "run"]))
        }
        tally.finish()
        return (tally.unreached, told.withLock(\.self))
    }

    @Test func `A thread that ends before any call was answered names a node that was not reached`() {
        #expect(tally(["thread.start", "RPC.call", "thread.terminate"]).unreached == "a")
    }

    @Test func `A thread that has come to the end of its data, or goes on, names none`() {
        #expect(tally(["thread.start", "RPC.call", "RPC.finished", "RPC.call", "thread.terminate"]).unreached == nil)
        #expect(tally(["RPC.call", "distributing streaming output", "thread.terminate"]).unreached == nil)
        #expect(tally(["thread.start", "RPC.call"]).unreached == nil)
    }

    @Test func `Ends of threads are warnings at their node, the rest is counted`() {
        let told = tally(["thread.start", "RPC.call", "RPC.call", "thread.terminate"]).told
        #expect(told.first?.kind == .warning && told.first?.node == "a")
        #expect(told.last?.text == "the orchestrator reports 2 RPC.call, 1 thread.start, 1 thread.terminate")
    }
}
