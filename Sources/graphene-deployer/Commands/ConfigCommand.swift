import ArgumentParser
import DeployerHost
import Documents

/// `graphene-deployer config …`
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Works with the configuration.",
        subcommands: [Check.self]
    )

    /// `graphene-deployer config check`
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Reads the configuration and the environment, and names what is wrong with line and key."
        )

        @OptionGroup var common: CommonOptions

        @Flag(name: .long, help: "Prints the problems as JSON.")
        var json = false

        func run() throws {
            do {
                try ConfigurationChecker.check(common.load())
            } catch let error as ConfigurationProblems {
                if json { Terminal.print(data: JSONReport(problems: error).bytes) }
                throw InputError(description: "the configuration cannot be used\n\(error)")
            }
            if json { Terminal.print(data: JSONReport(["problems": []]).bytes) }
            Terminal.say("the configuration is fine")
        }
    }
}
