import Files
import ArgumentParser
import DeployerHost
import Documents
import TargetContract

/// `graphene-deployer render SOLUTIONID/REVISIONID --target T -o FILE.zip|DIR`
struct RenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Writes the files of a solution, as a zip or as a folder."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: TargetOptionArguments

    @Argument(help: ArgumentHelp("The solution and its revision.", valueName: "solutionid/revisionid"))
    var solution: SolutionArgument

    @Option(name: .long, help: "The target that makes the files.")
    var target: String

    @Option(name: .shortAndLong, help: "Where to write: a name that ends in .zip, or a folder that is new or empty.")
    var output: String

    @Flag(name: .long, help: "Prints what was written as JSON.")
    var json = false

    func run() async throws {
        let deployer = try common.deployer()
        let values = try options.values(for: deployer.manifest(of: target))
        let size: Int
        if output.lowercased().hasSuffix(".zip") {
            let artifact = try await deployer.artifact(solution.reference, targetID: target, options: values)
            try AtomicFile.write(artifact.bytes, to: output)
            size = artifact.bytes.count
        } else {
            let files = try await deployer.render(solution.reference, targetID: target, options: values)
            try FolderWriter.write(files, to: output)
            size = files.reduce(0) { $0 + $1.bytes.count }
        }
        if json {
            Terminal.print(data: JSONReport(["output": .string(output), "bytes": .number(NumberLiteral(size))]).bytes)
        } else {
            Terminal.say("wrote \(output) (\(size) bytes)")
        }
    }
}
