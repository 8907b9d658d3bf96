import ArgumentParser
import Blueprints
import DeployerHost
import TargetContract

/// What commands take that work on one deployment: which solution, on which target, with which options.
struct RunArguments: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var options: TargetOptionArguments

    @Argument(help: ArgumentHelp("The solution and its revision.", valueName: "solutionid/revisionid"))
    var solution: SolutionArgument

    @Option(name: .long, help: "The target.")
    var target: String

    @Flag(name: .long, help: "Prints JSON.")
    var json = false

    var reference: SolutionReference { solution.reference }
}
