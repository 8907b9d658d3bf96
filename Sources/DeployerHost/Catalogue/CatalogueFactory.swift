/// Opens the catalogue that a configuration names.
enum CatalogueFactory {
    /// The folder, or CDS and Nexus.
    /// - Throws: `ConfigurationProblems` where neither is configured or an address cannot be used.
    static func make(_ catalogue: Configuration.Catalogue) throws(ConfigurationProblems) -> any SolutionCatalogue {
        if let directory = catalogue.directory { return DirectoryCatalogue(folder: directory) }
        guard let cds = catalogue.cds, let nexus = catalogue.nexus else {
            throw problem("names no place to get solutions from; set cds and nexus, or directory, or pass --catalogue")
        }
        let configuration = GrapheneCatalogueConfiguration(
            cdsURL: cds.url,
            cdsUser: cds.user,
            cdsPassword: cds.password,
            nexusURL: nexus.url,
            nexusUser: nexus.user,
            nexusPassword: nexus.password,
            accessCheck: catalogue.accessCheck,
            connectTimeout: catalogue.connectTimeout,
            requestTimeout: catalogue.requestTimeout
        )
        do {
            return try GrapheneCatalogue(configuration)
        } catch {
            throw problem("cannot be used: \(error)")
        }
    }

    private static func problem(_ text: String) -> ConfigurationProblems {
        ConfigurationProblems(problems: [ConfigurationProblem(key: "catalogue", text: text)])
    }
}
