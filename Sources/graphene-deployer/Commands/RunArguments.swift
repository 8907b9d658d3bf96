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

    var reference: SolutionReference { solution.reference }

    /// The values of the options; see `TargetOptionArguments`.
    func values(for deployer: Deployer) throws -> [String: String] {
        try options.values(for: deployer.manifest(of: target))
    }

    /// The values of the options; see `TargetOptionArguments`.
    func values(for operations: DeploymentOperations) throws -> [String: String] {
        try options.values(for: operations.manifest(of: target))
    }
}
