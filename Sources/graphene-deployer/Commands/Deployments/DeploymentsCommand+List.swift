import ArgumentParser
import Documents
import Glibc

extension DeploymentsCommand {
    /// `graphene-deployer deployments list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Lists deployments, newest first.",
            discussion: """
                On a terminal as a table with the beginnings of the ids. Otherwise a line for each deployment with tabs \
                between id, state, target, solution and revision, name, version, owner and time of creation.
                """
        )

        @OptionGroup var server: ServerArguments

        @Option(name: .long, help: "Only those in this state, for instance running.")
        var state: String?

        @Option(name: .long, help: "Only those on this target.")
        var target: String?

        @Flag(name: .long, help: "Only the user's own; administrators see all otherwise.")
        var mine = false

        @Option(name: .long, help: "The most that are listed.")
        var limit = 50

        @Flag(name: .long, help: "Prints JSON.")
        var json = false

        func validate() throws {
            guard (1...100_000).contains(limit) else {
                throw ValidationError("--limit must be a number from 1 to 100000")
            }
        }

        func run() async throws {
            let service = try server.service()
            let found = try await Interruption.cancelling { [state, target, mine, limit] in
                try await service.deployments(state: state, target: target, isMine: mine, limit: limit)
            }
            if json { return Terminal.print(data: JSONReport(found).bytes) }
            let table = DeploymentTable(found["deployments"]?.array ?? [])
            guard isatty(STDOUT_FILENO) == 1 else {
                for line in table.separated { Terminal.print(line) }
                return
            }
            for line in table.aligned(at: Terminal.now(), width: Terminal.size(of: STDOUT_FILENO).width) {
                Terminal.print(line)
            }
            if found["next"]?.string != nil { Terminal.say("There are more; see --limit.") }
        }
    }
}
