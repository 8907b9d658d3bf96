import Testing

@testable import DeployerHost

/// Every transition there is: whatever is not in the table changes nothing.
@Suite struct MachineTests {
    typealias Input = DeploymentMachine.Input
    typealias State = DeploymentState

    static let active: [State] = [.queued, .fetching, .planning, .applying, .waiting, .starting, .removing]
    static let phases: [State] = [.fetching, .planning, .applying, .waiting, .starting]
    static let ended: [State] = [.running, .completed, .removed, .failed, .cancelled, .interrupted]

    static let inputs: [Input] =
        DeploymentOperation.allCases.map { .requested($0) } + [.begun] + State.allCases.map { .reached($0) }
        + State.allCases.map { .succeeded($0) } + [.failed, .cancelled, .interrupted]

    /// What comes of an input; nil for nothing.
    static func expected(_ state: State, _ operation: DeploymentOperation, _ input: Input) -> State? {
        switch (state, operation, input) {
        case (_, _, .failed): active.contains(state) ? .failed : nil
        case (_, _, .cancelled): active.contains(state) ? .cancelled : nil
        case (_, _, .interrupted): active.contains(state) ? .interrupted : nil
        case (.queued, .undeploy, .begun): .removing
        case (.queued, _, .begun): .fetching
        case (.fetching, _, .reached(.planning)), (.fetching, _, .reached(.applying)),
            (.fetching, _, .reached(.waiting)), (.fetching, _, .reached(.starting)),
            (.planning, _, .reached(.applying)), (.planning, _, .reached(.waiting)),
            (.planning, _, .reached(.starting)), (.applying, _, .reached(.waiting)),
            (.applying, _, .reached(.starting)), (.waiting, _, .reached(.starting)):
            if case .reached(let phase) = input { phase } else { nil }
        case (_, .undeploy, .succeeded(.removed)): active.contains(state) && state != .queued ? .removed : nil
        case (_, .undeploy, .succeeded): nil
        case (_, _, .succeeded(.running)): active.contains(state) && state != .queued ? .running : nil
        case (_, _, .succeeded(.completed)): active.contains(state) && state != .queued ? .completed : nil
        case (_, _, .requested(.deploy)): ended.contains(state) ? .queued : nil
        case (_, _, .requested(.rerun)): state == .running ? .queued : nil
        case (_, _, .requested(.undeploy)): ended.contains(state) && state != .removed ? .queued : nil
        default: nil
        }
    }

    @Test(arguments: State.allCases, DeploymentOperation.allCases)
    func `From every state every input leads where the table says`(state: State, operation: DeploymentOperation) {
        for input in Self.inputs {
            let before = DeploymentMachine(state: state, operation: operation)
            var machine = before
            let next = Self.expected(state, operation, input)
            let isTaken = machine.take(input)
            #expect(isTaken == (next != nil), "\(state) \(operation) \(input)")
            guard let next else {
                #expect(machine == before, "\(state) \(operation) \(input)")
                continue
            }
            #expect(machine.state == next, "\(state) \(operation) \(input)")
            if case .requested(let operation) = input { #expect(machine.operation == operation) }
        }
    }

    @Test func `A deployment passes through its phases to its end, and can be taken away`() {
        var machine = DeploymentMachine()
        let way: [(Input, State)] = [
            (.begun, .fetching), (.reached(.planning), .planning), (.reached(.applying), .applying),
            (.reached(.waiting), .waiting), (.reached(.starting), .starting), (.succeeded(.running), .running),
            (.requested(.undeploy), .queued), (.begun, .removing), (.succeeded(.removed), .removed),
        ]
        for (input, state) in way {
            let isTaken = machine.take(input)
            #expect(isTaken && machine.state == state)
        }
    }

    @Test func `Every state is either active or an end`() {
        #expect(State.allCases.filter(\.isActive) == Self.active)
        #expect(State.allCases.filter { !$0.isActive } == Self.ended)
    }
}
