import Orchestration
import Testing

struct StateTests {
    @Test(arguments: [
        (0, "not initialized", OrchestratorState.fresh), (0, "initializing...", .initializing),
        (0, "initialized", .initialized), (0, "running", .running), (0, "", .legacy), (0, "success", .legacy),
        (-1, "OSI run exception: x", .failed("OSI run exception: x")), (-1, "running", .failed("running")),
        (0, "Running", .unknown("Running")),
    ])
    func `Code and message tell the state`(code: Int, message: String, state: OrchestratorState) {
        #expect(OrchestratorStatus(code: code, message: message, activeThreads: 0).state == state)
    }

    @Test(
        arguments: [
            (
                "OrchestrationThreadBase[component=gui1,svc=Gui,rpc=request]",
                OrchestratorEvent.Operation(container: "gui1", rpc: "request")
            ),
            ("OrchestrationThreadBase[component=gui1,svc=None,rpc=a=b]", .init(container: "gui1", rpc: "a=b")),
            ("OrchestrationThreadBase[component=gui1]", nil), ("OrchestrationQueue[gui1_request]", nil),
            ("orchestrator", nil), ("OrchestrationThreadBase[", nil),
        ] as [(String, OrchestratorEvent.Operation?)])
    func `A thread's events name its operation`(component: String, operation: OrchestratorEvent.Operation?) {
        let event = OrchestratorEvent(name: "thread.terminate", component: component)
        #expect(event.operation == operation)
        #expect(event.isThreadEnd)
    }
}
