internal import Packaging
public import Passes
public import TargetContract
internal import Transport

/// Hands a solution over to a playground server, which deploys it and shows it in its own pages.
public struct PlaygroundTarget: DeploymentTarget {
    public static let manifest = TargetManifest(
        id: "playground",
        name: "Playground",
        summary: "Hands the solution to the playground, which runs it; you go on there.",
        version: "1.0.0",
        options: [PlaygroundRequest.userOption] + SolutionPackage.options
    )

    private let settings: PlaygroundSettings
    private let client: ServiceClient

    public init(settings: TargetSettings, services: TargetServices) throws {
        self.settings = try PlaygroundSettings(settings)
        let policy = NetworkPolicy(allow: services.allowedNetworks.compactMap(AddressRange.init))
        // A request lasts as long as the playground deploys; how many there are is the host's business.
        let tls = TLSSettings(authorities: self.settings.authorities)
        client = ServiceClient(policy: policy, tls: tls, maximumInFlight: 1_000)
    }

    public func deploy(
        _ plan: SolutionPlan,
        options: OptionValues,
        report: @escaping EventReporter
    ) async throws -> DeploymentOutcome {
        report(DeploymentEvent(.planning, text: "Packing the solution"))
        let package = try SolutionPackage(plan, options: options).zip()
        let request = try PlaygroundRequest(package, options: options).http(settings)
        try Task.checkCancellation()
        let size = "\(package.count / 1_024 + 1) KiB"
        report(DeploymentEvent(.applying, text: "Handing the solution (\(size)) to \(settings.address.host)"))
        let page = try PlaygroundAnswer(try await response(to: request)).page(at: settings.address)
        return DeploymentOutcome(state: .completed, links: [.init(title: "Open in the playground", url: page)])
    }

    private func response(to request: HTTPRequest) async throws -> HTTPResponse {
        do throws(TransportError) {
            return try await client.send(request)
        } catch {
            if error.code == .cancelled { throw CancellationError() }
            throw TargetError(playground: error)
        }
    }
}
