import ArgumentParser
import Documents
import TargetContract

/// What commands take that work on one deployment of a host.
struct DeploymentArguments: ParsableArguments {
    @OptionGroup var server: ServerArguments

    @Argument(help: DeploymentPrefix.help)
    var id: DeploymentPrefix
}

extension DeploymentArguments {
    /// Does something with the deployment, until it is done or a signal comes.
    func run(_ work: @escaping @Sendable (_ service: HostService, _ id: String) async throws -> Void) async throws {
        let service = try server.service()
        try await Interruption.cancelling { [id] in
            try await work(service, service.id(for: id))
        }
    }

    /// The values for the target of the deployment, and as a request's body: `{options}`.
    func body(_ options: TargetOptionArguments, _ service: HostService, _ id: String) async throws -> Document {
        var values = DocumentObject()
        if !options.pairs.isEmpty {
            let target = try await service.document("deployments", id)["target"]?.string ?? ""
            let manifest = try await service.manifest(of: target)
            let texts = try options.values(for: manifest?.options ?? [])
            for (name, text) in texts.sorted(by: { $0.key < $1.key }) { values[name] = .string(text) }
        }
        return values.isEmpty ? [:] : ["options": .object(values)]
    }

    /// Refuses standard input for the token and an option at once.
    func validate(_ options: TargetOptionArguments) throws {
        if server.tokenFile == "-", try options.readsInput {
            throw ValidationError("--token-file and --option cannot both read standard input (-)")
        }
    }
}
