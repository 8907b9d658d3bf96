import ArgumentParser
import DeployerHost
import TargetContract

/// `graphene-deployer targets`
struct TargetsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "targets",
        abstract: "Lists the targets that are loaded, and the modules that were rejected."
    )

    @OptionGroup var common: CommonOptions

    @Flag(name: .long, help: "Prints JSON.")
    var json = false

    func run() async throws {
        let targets = TargetListing(configuration: try common.load())
        if json { return Terminal.print(data: try targets.json()) }
        for target in targets.manifests {
            Terminal.print("\(target.id)\t\(target.version)\t\(target.name): \(target.summary)")
        }
        for sentence in targets.rejected { Terminal.say("rejected: \(sentence)") }
    }
}
