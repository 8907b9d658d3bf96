import ArgumentParser
import DeployerHost
import Logging
import TargetContract

/// What every command takes: where the configuration is, and which catalogue to use instead of the configured one.
struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: "The configuration file; without it built-in defaults hold.")
    var config: String?

    @Option(name: .long, help: "A folder of solutions to use instead of the configured catalogue.")
    var catalogue: String?

    /// The configuration with the command line's changes.
    func load() throws -> Configuration {
        var configuration = try ConfigurationLoader.load(file: config)
        if let catalogue {
            configuration.catalogue.directory = catalogue
            configuration.catalogue.cds = nil
            configuration.catalogue.nexus = nil
            configuration.catalogue.report = false
        }
        return configuration
    }

    /// The host without its server. Log lines of modules go to standard error.
    func deployer() throws -> Deployer {
        try Deployer(configuration: load(), log: Self.log)
    }

    /// Log lines of modules go to standard error.
    static func log(_ level: TargetServices.LogLevel, _ text: String) {
        if level != .debug { Terminal.say("\(level.rawValue): \(text)") }
    }
}
