import ArgumentParser
import Documents
import Glibc

extension DeploymentsCommand {
    /// `graphene-deployer deployments events ID`
    struct Events: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "events",
            abstract: "Prints what happened with a deployment.",
            discussion: """
                With --follow also what happens, until the work has ended. On a terminal each node then has one line \
                that is drawn anew in place. The exit code is 1 where the deployment failed, was cancelled or interrupted.
                """
        )

        @OptionGroup var arguments: DeploymentArguments

        @Flag(name: .long, help: "Goes on until the work has ended.")
        var follow = false

        @Option(name: .long, help: "Only events with higher numbers.")
        var after = 0

        @Flag(name: .long, help: "Prints JSON; with --follow an object in each line.")
        var json = false

        func validate() throws {
            guard after >= 0 else { throw ValidationError("--after must be a number from 0 on") }
        }

        func run() async throws {
            try await arguments.run { [follow, after, json] service, id in
                guard follow else { return try await Self.list(service, id, after: after, json: json) }
                try await DeploymentWatch(service: service, id: id).show(after: after, as: json ? .json : .progress)
            }
        }

        private static func list(_ service: HostService, _ id: String, after: Int, json: Bool) async throws {
            let call = HostService.Call(path: ["deployments", id, "events"], query: [("after", "\(after)")])
            let answer = try await service.document(call)
            if json { return Terminal.print(data: JSONReport(answer).bytes) }
            var folding = EventFolding()
            for document in answer["events"]?.array ?? [] {
                let event = try HostEvent(document).event
                if folding.isNews(event) { Terminal.show(EventLine(event), on: STDOUT_FILENO) }
            }
        }
    }
}
