import ArgumentParser
import Documents

extension DeploymentsCommand {
    /// `graphene-deployer deployments cancel ID`
    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cancel",
            abstract: "Ends the work on a deployment; what was made stays.",
            discussion: "With --wait the exit code is 1 where the work came to its end before it could be cancelled."
        )

        @OptionGroup var arguments: DeploymentArguments

        @Flag(name: .long, help: "Waits until the work has ended.")
        var wait = false

        @Flag(name: .long, help: "Prints JSON.")
        var json = false

        func run() async throws {
            try await arguments.run { [wait, json] service, id in
                var deployment = try await service.document(.init(method: "POST", path: ["deployments", id, "cancel"]))
                guard wait else { return Self.report(deployment, json: json) }
                let state = try await DeploymentWatch(service: service, id: id).end(of: deployment)
                if json { deployment = try await service.document("deployments", id) }
                if json { Self.report(deployment, json: true) } else { Terminal.print(state) }
                guard state == "cancelled" else {
                    throw NegativeResult(description: "the deployment was not cancelled in time; it is \(state)")
                }
            }
        }

        private static func report(_ deployment: Document, json: Bool) {
            if json { return Terminal.print(data: JSONReport(deployment).bytes) }
            Terminal.print(deployment["isCancelling"]?.bool == true ? "cancelling" : deployment["state"]?.string ?? "")
        }
    }
}
