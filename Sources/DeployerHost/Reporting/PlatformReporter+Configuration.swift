internal import Logging
internal import Transport

extension PlatformReporter {
    /// The reporter that a configuration asks for; nil for none.
    /// - Throws: `ConfigurationProblems` if the address or the credentials of CDS cannot be used.
    static func make(
        _ configuration: Configuration,
        logger: Logger
    ) throws(ConfigurationProblems) -> PlatformReporter? {
        let catalogue = configuration.catalogue
        guard catalogue.report, let cds = catalogue.cds else { return nil }
        let service: PlatformService
        do {
            service = try PlatformService(
                name: "the Common Data Service",
                setting: "catalogue.cds.url",
                url: cds.url,
                user: cds.user,
                password: cds.password,
                deadlines: HTTPDeadlines(connect: catalogue.connectTimeout, total: catalogue.requestTimeout),
                client: HTTPClient()
            )
        } catch {
            let problem = ConfigurationProblem(key: "catalogue.cds.url", text: "cannot be used: \(error)")
            throw ConfigurationProblems(problems: [problem]).located(in: configuration)
        }
        return PlatformReporter(
            calls: PlatformCalls(service: service, logger: logger),
            site: ReportSite(origin: configuration.publicOrigin, prefix: configuration.publicPrefix),
            logger: logger
        )
    }
}
