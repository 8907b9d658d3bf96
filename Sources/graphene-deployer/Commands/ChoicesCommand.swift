import ArgumentParser

/// `graphene-deployer choices NAME --target T`
struct ChoicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "choices",
        abstract: "Lists values that an option of a target can have at the moment.",
        discussion:
            "Values of other options may be needed to find out; give them with --option. No catalogue is needed."
    )

    @OptionGroup var arguments: ChoiceArguments

    @Argument(help: ArgumentHelp("The name of the option.", valueName: "name"))
    var name: String

    func run() async throws { try await arguments.printChoices(for: name) }
}
