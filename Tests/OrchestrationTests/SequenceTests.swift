import Orchestration
import Testing

struct SequenceTests {
    private static func status(_ message: String, code: Int = 0, threads: Int = 0) -> OrchestratorStatus {
        OrchestratorStatus(code: code, message: message, activeThreads: threads)
    }
    private static let serial: OrchestratorStatus = {
        var answer = status("")
        answer.state = .serial
        return answer
    }()
    private static let another = "Find out who else uses this orchestrator; each deployment needs its own"
    private static let correct =
        "Correct what its last line names in the blueprint or the protocol files, and deploy again"

    @Test(
        arguments: [
            (.beforehand, status("not initialized"), .initialize),
            (.beforehand, status(""), .initialize),
            (.initialized, status("initialized"), .confirm),
            (.initialized, status(""), .run),
            (.confirmed, status("initialized", threads: 5), .run),
            (.started, status("running"), .done),
            (.started, status("success"), .done),
        ] as [(OrchestratorSequence.Moment, OrchestratorStatus, OrchestratorSequence.Step)])
    func `The straight way`(
        moment: OrchestratorSequence.Moment,
        status: OrchestratorStatus,
        step: OrchestratorSequence.Step
    ) {
        #expect(OrchestratorSequence(operations: 5, isProcessNew: true).step(after: moment, status) == step)
    }

    @Test(arguments: [
        (status("initializing..."), "initializing..."), (status("initialized"), "initialized"),
        (status("running"), "running"), (status("OSI run exception: x", code: -1), "OSI run exception: x"),
        (status("later version"), "later version"),
        (status(""), "a version before 1.3, which does not tell its state"),
    ])
    func `What is not fresh is restarted once`(status: OrchestratorStatus, words: String) {
        let old = OrchestratorSequence(operations: 5, isProcessNew: false)
        #expect(old.step(after: .beforehand, status) == .restartPod(reason: "the orchestrator is not fresh: \(words)"))
        guard status.state != .legacy else { return }
        let new = OrchestratorSequence(operations: 5, isProcessNew: true)
        let failure = OrchestratorSequence.Step.fail(
            reason: "a new orchestrator is not fresh: \(words)",
            remedy: Self.another
        )
        #expect(new.step(after: .beforehand, status) == failure)
    }

    @Test(
        arguments: [
            (
                .initialized, status("OSI initialize exception: KeyError", code: -1),
                "the orchestrator reports a failure of initialize: OSI initialize exception: KeyError", correct
            ),
            (
                .confirmed, status("OSI initialize exception: x", code: -1),
                "the orchestrator reports a failure of initialize: OSI initialize exception: x", correct
            ),
            (
                .started, status("OSI run exception: x", code: -1),
                "the orchestrator reports a failure of run: OSI run exception: x", correct
            ),
            (.initialized, status("running"), "the orchestrator is in an unexpected state: running", another),
            (.confirmed, status("running", threads: 5), "the orchestrator is in an unexpected state: running", another),
            (
                .confirmed, status("not initialized"), "the orchestrator is in an unexpected state: not initialized",
                another
            ),
            (.started, status("initialized"), "the orchestrator is in an unexpected state: initialized", another),
            (
                .confirmed, status("initialized", threads: 4), "the orchestrator has set up 4 of 5 operations",
                "Compare the operations of the blueprint with the services of the protocol files"
            ),
        ] as [(OrchestratorSequence.Moment, OrchestratorStatus, String, String)])
    func `Failures are told verbatim, and nothing is tried twice`(
        moment: OrchestratorSequence.Moment,
        status: OrchestratorStatus,
        reason: String,
        remedy: String
    ) {
        let sequence = OrchestratorSequence(operations: 5, isProcessNew: true)
        #expect(sequence.step(after: moment, status) == .fail(reason: reason, remedy: remedy))
    }

    @Test(arguments: [false, true])
    func `The serial orchestrator is refused, not restarted`(isProcessNew: Bool) {
        let step = OrchestratorSequence(operations: 1, isProcessNew: isProcessNew).step(after: .beforehand, Self.serial)
        let expected = OrchestratorSequence.Step.fail(
            reason: "this is the serial orchestrator, which has another interface",
            remedy: "Use the generic parallel orchestrator, version 1.3 or later"
        )
        #expect(step == expected)
    }
}
