import ArgumentParser
import DeployerHost

/// `graphene-deployer new-target NAME --into DIR`
struct NewTargetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new-target",
        abstract: "Begins a target of your own: a Swift package that builds a module for this host."
    )

    @Argument(help: ArgumentHelp("The name of the module, for instance DockerCompose.", valueName: "name"))
    var name: String

    @Option(name: .long, help: "The package's folder, which is new or empty.")
    var into: String

    @Option(name: .long, help: "The SDK to build with; by default the one that belongs to this executable.")
    var sdk: String?

    func run() throws {
        let name = try TargetPackageName(name)
        let sdk = try sdk.map { path throws(SDKError) in try SDKFolder(checking: path) } ?? SDKFolder.ofThisProcess()
        try InstalledSwift.check()
        let link = try sdk.link(from: into)
        try FolderWriter.write(TargetPackage(name: name).files(), links: ["SDK": link], to: into)
        Terminal.say("wrote \(into), a package with the target \(name.id), built with the SDK \(sdk.path)")
        Terminal.say("next: cd \(into) && swift build && swift test, then see README.md")
    }
}
