import ArgumentParser
import Documents

/// What becomes of a request whose work goes on after the answer.
struct FollowArguments: ParsableArguments {
    @Flag(name: .long, help: "Shows what happens until the work has ended; the exit code is 1 where it failed.")
    var follow = false

    @Flag(name: .long, help: "Prints JSON; with --follow each event as an object in a line.")
    var json = false
}

extension FollowArguments {
    /// Sends the request, prints the deployment as it is then, and follows it if that is wanted.
    func send(_ call: HostService.Call, _ service: HostService, _ id: String) async throws {
        let deployment = try await service.document(call)
        guard follow else {
            if json { return Terminal.print(data: JSONReport(deployment).bytes) }
            return Terminal.print(deployment["state"]?.string ?? "")
        }
        let watch = DeploymentWatch(service: service, id: id)
        try await watch.show(after: deployment["lastEvent"]?.integer ?? 0, as: json ? .json : .progress)
    }
}
