import ArgumentParser
import Documents
import Transport

extension DeploymentsCommand {
    /// `graphene-deployer deployments logs ID`
    struct Logs: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "logs",
            abstract: "Prints what the containers of a deployment print.",
            discussion: "Secret options are kept only while the deployment is worked on; afterwards present them again."
        )

        @OptionGroup var arguments: DeploymentArguments
        @OptionGroup var options: TargetOptionArguments

        @Option(name: .long, help: "The one node to show, without its name before each line.")
        var node: String?

        @Flag(name: .long, help: "Goes on with new lines until Ctrl-C, or until the containers are gone.")
        var follow = false

        func validate() throws { try arguments.validate(options) }

        func run() async throws {
            try await arguments.run { [arguments, options, node, follow] service, id in
                let body = try await arguments.body(options, service, id)
                let call = HostService.Call(
                    method: options.pairs.isEmpty ? "GET" : "POST",
                    path: ["deployments", id, "logs"],
                    query: [("node", node ?? ""), ("follow", follow ? "true" : "")],
                    body: options.pairs.isEmpty ? nil : body,
                    accept: "text/plain"
                )
                // Containers that are followed may be silent for any time.
                let stream = try await service.stream(call, idle: follow ? nil : .seconds(120))
                try await Self.print(stream, of: service, isOneNode: node != nil)
            }
        }

        private static func print(_ stream: HTTPStream, of service: HostService, isOneNode: Bool) async throws {
            var lines = LogLines()
            while let bytes = try await service.next(of: stream) {
                for line in lines.take(bytes) { try print(line, isOneNode: isOneNode) }
            }
            if let line = lines.finish() { try print(line, isOneNode: isOneNode) }
        }

        private static func print(_ line: LogLines.Line, isOneNode: Bool) throws {
            // A line of no node tells why there are no more.
            guard let node = line.node, !node.isEmpty else { throw NegativeResult(description: line.text) }
            Terminal.print(isOneNode ? line.text : "\(node) | \(line.text)")
        }
    }
}
