import ArgumentParser
import DeployerHost
import Glibc
import Logging
import TargetContract

/// `graphene-deployer serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Serves pages and API over HTTP.")

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: "The address to listen on.")
    var host: String?

    @Option(name: .long, help: "The port to listen on; 0 lets the system choose.")
    var port: Int?

    @Option(name: .long, help: "The folder for what must outlive the process.")
    var state: String?

    func validate() throws {
        guard (0...65_535).contains(port ?? 0) else { throw ValidationError("--port must be from 0 to 65535") }
    }

    func run() async throws {
        // Whatever changes from here on, and is told, is read after the start.
        signal(SIGHUP, SIG_IGN)
        let reloadSignal = await ReloadSignal()
        let configuration = try load()
        let threshold = LogThreshold(configuration.log.level)
        let logger = configuration.log.format.logger(label: "graphene-deployer", threshold: threshold)
        let deployer = try Deployer(configuration: configuration) { [logger] level, text in
            logger.log(level: Logger.Level(rawValue: level.rawValue) ?? .info, "\(text)")
        }
        for sentence in deployer.rejectedModules {
            logger.error("module rejected", metadata: ["reason": "\(sentence)"])
        }
        let source = ConfigurationSource(
            file: common.config, signal: reloadSignal, logThreshold: threshold
        ) { [self] in try load() }
        let server = try DeployerServer(deployer: deployer, logger: logger, source: source)
        let isForPeople = configuration.log.format == .text
        try await server.run { [logger] url in
            let text = "graphene-deployer listens on \(url)"
            if isForPeople { Terminal.say(text) } else { logger.notice("\(text)") }
        }
    }

    /// The configuration as it is written now, with the command line's changes.
    private func load() throws -> Configuration {
        var configuration = try common.load()
        configuration.listen.host = host ?? configuration.listen.host
        configuration.listen.port = port ?? configuration.listen.port
        configuration.stateFolder = state ?? configuration.stateFolder ?? DefaultFolders.state
        return configuration
    }
}
