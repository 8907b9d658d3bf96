import ArgumentParser
import Blueprints
import DeployerHost
import TargetContract

/// What commands take that work on one deployment: which solution, on which target, with which options.
struct RunArguments: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var options: TargetOptionArguments
    @OptionGroup var cloud: CloudArguments

    @Argument(help: ArgumentHelp("The solution and its revision.", valueName: "solutionid/revisionid"))
    var solution: SolutionArgument

    @Option(name: .long, help: "The target.")
    var target: String

    var reference: SolutionReference { solution.reference }

    /// The host without its server, and the values of the options; see `TargetOptionArguments`.
    func deployer() throws -> (deployer: Deployer, values: [String: String]) {
        let (configuration, defaults) = try listing()
        let deployer = try Deployer(configuration: configuration, log: CommonOptions.log)
        return (deployer, try values(for: deployer.manifest(of: target), defaults))
    }

    /// The host without its catalogue, and the values of the options; see `TargetOptionArguments`.
    func operations() throws -> (operations: DeploymentOperations, values: [String: String]) {
        let (configuration, defaults) = try listing()
        let operations = DeploymentOperations(configuration: configuration, log: CommonOptions.log)
        return (operations, try values(for: operations.manifest(of: target), defaults))
    }

    private func listing() throws -> (configuration: Configuration, defaults: [String: String]) {
        try cloud.listing(in: common.load(), target: target, given: options.names)
    }

    private func values(for manifest: TargetManifest, _ defaults: [String: String]) throws -> [String: String] {
        defaults.merging(try options.values(for: manifest)) { $1 }
    }
}
