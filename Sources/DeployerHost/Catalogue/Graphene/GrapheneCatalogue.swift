public import Blueprints
internal import Transport

/// The catalogue of a Graphene platform: records from the Common Data Service, files from Nexus.
public struct GrapheneCatalogue: SolutionCatalogue {
    private let data: CommonDataService
    private let nexus: NexusRepository
    private let accessCheck: Bool

    /// - Throws: `misconfigured` if an address can't be used or a credential is missing; nothing is called yet.
    public init(_ configuration: GrapheneCatalogueConfiguration) throws(CatalogueError) {
        let client = HTTPClient()
        let deadlines = HTTPDeadlines(connect: configuration.connectTimeout, total: configuration.requestTimeout)
        data = CommonDataService(
            service: try PlatformService(
                name: "the Common Data Service",
                setting: "catalogue.cds.url",
                url: configuration.cdsURL,
                user: configuration.cdsUser,
                password: configuration.cdsPassword,
                deadlines: deadlines,
                client: client
            )
        )
        nexus = NexusRepository(
            service: try PlatformService(
                name: "Nexus",
                setting: "catalogue.nexus.url",
                url: configuration.nexusURL,
                user: configuration.nexusUser,
                password: configuration.nexusPassword,
                deadlines: deadlines,
                client: client
            )
        )
        accessCheck = configuration.accessCheck
    }

    /// Reads a solution, if the user may.
    public func fetch(
        _ reference: SolutionReference,
        for user: CatalogueUser
    ) async throws(CatalogueError) -> SolutionSource {
        async let solutionAnswer = data.solution(reference.solutionID)
        async let revisionAnswer = data.revision(reference.revisionID, of: reference.solutionID)
        async let artifactsAnswer = data.artifacts(ofRevision: reference.revisionID)
        async let accessAnswer = AccessCheck(data: data, isOn: accessCheck).refusal(of: reference.solutionID, to: user)

        guard let solution = try await solutionAnswer.get() else { throw SourceAssembly.unknownSolution(reference) }
        guard let revision = try await revisionAnswer.get() else { throw SourceAssembly.unknownRevision(reference) }
        try SourceAssembly.checkPairing(revision, reference)
        if let refusal = await accessAnswer { throw refusal }
        try SourceAssembly.checkActive(solution)
        let artifacts = try await artifactsAnswer.get()
        let assembly = SourceAssembly(reference: reference, files: nexus)
        return try await assembly.source(solution: solution, revision: revision, artifacts: artifacts)
    }

    /// Asks both services with credentials, so that a wrong password shows before somebody deploys.
    public func check() async -> String? {
        async let dataAnswer = data.solution("00000000-0000-0000-0000-000000000000")
        async let nexusProblem = nexus.problem()
        if case .failure(let error) = await dataAnswer { return error.cause }
        return await nexusProblem?.cause
    }
}

extension CatalogueError {
    fileprivate var cause: String { "\(what): \(why)" }
}
