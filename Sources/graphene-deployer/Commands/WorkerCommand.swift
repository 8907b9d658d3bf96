import ArgumentParser
import DeployerHost

/// `graphene-deployer worker`: what a host starts for a module that has processes of its own. Nothing for people.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Runs one module for a host, which starts this by itself.",
        shouldDisplay: false
    )

    @Option(name: .long, help: "The process id of the host.")
    var parent: Int32

    @Option(name: .long, help: "Bytes of memory that it may have of its own.")
    var memory: UInt64

    func run() async throws { await Worker.run(parent: parent, memory: memory) }
}
