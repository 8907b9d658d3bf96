internal import HTTPTypes
internal import Hummingbird

extension Problem {
    /// Why a solution could not be fetched. A catalogue that fails is never the user's fault, nor a matter of sign-in.
    init(catalogue error: CatalogueError) {
        let status: HTTPResponse.Status =
            switch error.code {
            case .unknownSolution, .unknownRevision, .wrongPairing: .notFound
            case .accessDenied, .inactive: .forbidden
            case .notDeployable: .unprocessableContent
            case .timeout: .gatewayTimeout
            default: .badGateway
            }
        self.init(
            status,
            error.what,
            detail: Self.sentence(error.why),
            remedy: Self.sentence(error.remedy),
            node: error.node
        )
    }

    /// A cause as a sentence of its own.
    static func sentence(_ cause: String) -> String { cause.prefix(1).uppercased() + cause.dropFirst() + "." }
}
