import ArgumentParser

/// A solution, a target and its options: what every command for an environment takes.
struct TargetArguments: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var options: TargetOptionArguments

    @Argument(help: ArgumentHelp("The solution and its revision.", valueName: "solutionid/revisionid"))
    var solution: SolutionArgument

    @Option(name: .long, help: "The target, by its id.")
    var target: String
}
