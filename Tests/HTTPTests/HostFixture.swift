import Hummingbird
import HummingbirdTesting
import HTTPTypes
import Logging
import LocalYAML
import Passes
import Secrets
import TargetContract
import TestSupport
import Testing

@testable import DeployerHost

/// A host over the sample catalogue with the real local-yaml target, driven without a socket.
struct HostFixture {
    static let shared = "33333333-3333-4333-8333-333333333333/cccccccc-cccc-4ccc-8ccc-cccccccccccc"
    static let single = "11111111-1111-4111-8111-111111111111/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"

    var configuration = Configuration()
    var catalogue: (any SolutionCatalogue)?

    init() {
        configuration.jwt.key = SecretBytes(PortalToken.key)
        configuration.defaultTarget = "local-yaml"
        configuration.catalogue.directory = Repository.samples.path
    }

    /// Runs requests against the host.
    @discardableResult
    func test<Result: Sendable>(
        _ body: @Sendable (any TestClientProtocol) async throws -> Result
    ) async throws -> Result {
        let catalogue = try catalogue ?? CatalogueFactory.make(configuration.catalogue)
        let deployer = Deployer(
            configuration: configuration, catalogue: catalogue, targets: Self.registry(configuration))
        let server = try DeployerServer(deployer: deployer, logger: Logger(label: "test")) { PortalToken.now }
        let application = Application(router: server.router())
        return try await application.test(.router) { client in try await body(client) }
    }

    private static func registry(_ configuration: Configuration) -> TargetRegistry {
        TargetRegistry(configuration: configuration) { _, _ in }
    }
}

extension TestResponse {
    /// The body as text.
    var text: String { String(buffer: body) }
}

extension HTTPFields {
    static func token(_ token: PortalToken = PortalToken()) -> HTTPFields { [.authorization: "Bearer \(token.text)"] }
}
