import Blueprints
import DeployerHost
import Foundation
import Secrets
import TestSupport

/// Both catalogues, so that a rule is tested on each.
enum CatalogueKind: String, CaseIterable, Sendable {
    case graphene
    case directory

    /// Fetches the solution of a platform through this kind of catalogue.
    func fetch(
        _ platform: Platform,
        solution: String = Platform.solutionID,
        revision: String = Platform.revisionID,
        for user: CatalogueUser = .signedIn(userID: Platform.userID)
    ) async throws -> SolutionSource {
        guard let reference = SolutionReference(solutionID: solution, revisionID: revision) else {
            throw StandInError()
        }
        switch self {
        case .graphene:
            return try await PlatformServices.serving(platform) { services in
                try await services.catalogue().fetch(reference, for: user)
            }
        case .directory:
            return try await Repository.withFolder { folder in
                try platform.write(to: folder.path)
                return try await DirectoryCatalogue(folder: folder.path).fetch(reference, for: user)
            }
        }
    }
}

extension PlatformServices {
    /// A catalogue that uses these services.
    func catalogue(
        accessCheck: Bool = true,
        cdsPassword: String = "cds-secret",
        nexusPassword: String = "nexus-sécret",
        timeout: Duration = .seconds(20)
    ) throws -> GrapheneCatalogue {
        try GrapheneCatalogue(
            GrapheneCatalogueConfiguration(
                cdsURL: cdsURL,
                cdsUser: "ccds_client",
                cdsPassword: SecretBytes(cdsPassword),
                nexusURL: nexusURL,
                nexusUser: "nexus_reader",
                nexusPassword: SecretBytes(nexusPassword),
                accessCheck: accessCheck,
                requestTimeout: timeout
            )
        )
    }
}

extension SolutionReference {
    /// The solution that test platforms hold.
    static var tested: SolutionReference {
        get throws {
            guard let reference = SolutionReference("\(Platform.solutionID)/\(Platform.revisionID)") else {
                throw StandInError()
            }
            return reference
        }
    }
}
