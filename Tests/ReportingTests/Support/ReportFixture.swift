import Blueprints
import TargetContract
import TestSupport
import Testing

@testable import DeployerHost

/// Deployments to tell of.
enum ReportFixture {
    static let id = "00000000-0000-4000-8000-00000000000a"
    static let failure = DeploymentFailure(
        code: "quota",
        what: "The node <solver> does not start",
        why: "the cluster has no memory left",
        remedy: "Add a node"
    )

    /// A deployment to a cluster, as it is in a state.
    static func record(
        _ state: DeploymentState = .running,
        _ operation: DeploymentOperation = .deploy,
        id: String = id,
        user: String = Platform.userID
    ) throws -> DeploymentRecord {
        var record = DeploymentRecord(
            id: id,
            owner: DeploymentOwner(id: user, name: "alice@example.org"),
            reference: try #require(
                SolutionReference(solutionID: Platform.solutionID, revisionID: Platform.revisionID)),
            target: "creodias",
            options: ["namespace": "sudoku"],
            created: 0,
            updated: 0
        )
        record.place = DeploymentPlace(server: "https://api.example.org:6443", namespace: "sudoku")
        record.machine = DeploymentMachine(state: state, operation: operation)
        if state != .queued && state != .fetching { record.solution = SolutionTitle(name: "Sudoku", version: "1.0.0") }
        if state == .running {
            record.links = [DeploymentOutcome.Link(title: "Sudoku GUI", url: "http://192.0.2.1:30001/")]
        }
        if state == .failed { record.failure = failure }
        return record
    }

    /// What is stored when a deployment enters a state, at 2026-01-01T00:00:00Z or some seconds later.
    static func event(_ state: DeploymentState, after seconds: Double = 0) -> StoredEvent {
        let isPhase = state.isActive && state != .queued
        return StoredEvent(
            id: 1,
            time: PortalToken.now + seconds,
            kind: isPhase ? "phase" : "state",
            state: state.rawValue,
            text: "It is \(state.rawValue)."
        )
    }
}

extension PlatformReporter {
    /// Is told of a deployment that goes through states, one a minute.
    func observe(
        _ states: DeploymentState...,
        operation: DeploymentOperation = .deploy,
        id: String = ReportFixture.id,
        user: String = Platform.userID,
        change: (inout DeploymentRecord) -> Void = { _ in }
    ) throws {
        for (minute, state) in states.enumerated() {
            var record = try ReportFixture.record(state, operation, id: id, user: user)
            change(&record)
            observe(ReportFixture.event(state, after: Double(minute) * 60), of: record)
        }
    }
}
