internal import TargetContract

extension Deployer {
    /// The host with another configuration, as far as a running one can take it over: all of that, or nothing.
    /// - Parameters:
    ///   - wanted: as it was read.
    ///   - time: seconds since 1970.
    /// - Throws: `ConfigurationProblems`; then everything is as it was.
    func reloaded(to wanted: Configuration, at time: Double) throws(ConfigurationProblems) -> Deployer {
        do {
            // What needs a restart must be good for one.
            try DeployerServer.checkIdentity(of: wanted)
            _ = try CatalogueFactory.make(wanted.catalogue)
        } catch {
            throw error.located(in: wanted)
        }
        let configuration = RestartKey.reachable(from: self.configuration, to: wanted)
        var change = RegistryChange(of: targets, to: configuration)
        change.run()
        guard change.problems.isEmpty else {
            throw ConfigurationProblems(problems: change.problems).located(in: wanted)
        }
        var next = Deployer(configuration: configuration, catalogue: catalogue, targets: change.registry)
        next.reload = ReloadStatus(
            time: time,
            restartKeys: RestartKey.changes(from: self.configuration, to: wanted),
            changedModules: change.changedModules
        )
        if !next.targets.loaded.contains(where: { $0.manifest.id == next.targets.defaultID }) {
            next.reload.warnings.append("defaultTarget is \(next.targets.defaultID), and no enabled target has that id")
        }
        return next
    }
}
