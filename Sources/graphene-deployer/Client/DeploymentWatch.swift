import Documents
import Glibc

/// Watches a deployment of a host until the work on it has ended.
struct DeploymentWatch: Sendable {
    /// How events are shown.
    enum Form: Sendable {
        /// On standard output: a board on a terminal, else lines.
        case progress
        /// As the host sent them, one object in each line.
        case json
    }

    let service: HostService
    let id: String

    /// Shows the events that come after one.
    /// - Throws: `NegativeResult` where the deployment is not there at the end, and `HostFailure`.
    func show(after: Int, as form: Form) async throws {
        let follower = EventFollower(service: service, id: id)
        let state: String
        switch form {
        case .json:
            state = try await follower.follow(after: after) { event in
                Terminal.print(data: event.document.json() + [UInt8(ascii: "\n")])
            }
        case .progress:
            let printer = ProgressPrinter(to: STDOUT_FILENO)
            defer { printer.finish() }
            state = try await follower.follow(after: after) { printer.take($0.event, at: $0.time) }
        }
        guard ["running", "completed", "removed"].contains(state) else {
            throw NegativeResult(description: "the deployment \(id) has ended as \(state)")
        }
    }

    /// Waits for the end in silence.
    /// - Parameter deployment: as it was told last.
    /// - Returns: the state at the end.
    func end(of deployment: Document) async throws -> String {
        if deployment["isActive"]?.bool == false, let state = deployment["state"]?.string { return state }
        let last = deployment["lastEvent"]?.integer ?? 0
        return try await EventFollower(service: service, id: id).follow(after: last) { _ in }
    }
}
