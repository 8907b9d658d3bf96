import ArgumentParser
import DeployerHost
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
        var configuration = try common.load()
        configuration.listen.host = host ?? configuration.listen.host
        configuration.listen.port = port ?? configuration.listen.port
        configuration.stateFolder = state ?? configuration.stateFolder ?? DefaultFolders.state
        var logger = configuration.log.format.logger(label: "graphene-deployer")
        logger.logLevel = configuration.log.level
        let deployer = try Deployer(configuration: configuration) { [logger] level, text in
            logger.log(level: Logger.Level(rawValue: level.rawValue) ?? .info, "\(text)")
        }
        for sentence in deployer.rejectedModules {
            logger.error("module rejected", metadata: ["reason": "\(sentence)"])
        }
        let server = try DeployerServer(deployer: deployer, logger: logger)
        let isForPeople = configuration.log.format == .text
        try await server.run { [logger] url in
            let text = "graphene-deployer listens on \(url)"
            if isForPeople { Terminal.say(text) } else { logger.notice("\(text)") }
        }
    }
}
