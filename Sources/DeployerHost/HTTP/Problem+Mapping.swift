internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Passes
internal import TargetContract

extension Problem {
    /// What an error means for whoever made the request. Errors nobody planned for say so and nothing more.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as TokenError: self.init(.unauthorized, "Not signed in", detail: error.description)
        case let error as CatalogueError: self.init(catalogue: error)
        case let error as Refusal:
            self.init(
                .unprocessableContent,
                "This solution cannot be deployed as it is",
                detail: Self.sentence(error.problem),
                remedy: Self.sentence(error.remedy),
                node: error.node,
                field: error.field
            )
        case let error as OptionProblems:
            self.init(
                .unprocessableContent,
                "An option cannot be used",
                detail: error.description,
                field: error.problems.first?.option
            )
        case let error as TargetError: self.init(target: error)
        case let error as EngineError: self.init(engine: error)
        case let error as TargetUseRefusal: self.init(use: error)
        case let error as LimitRefusal: self.init(limits: error)
        case is StoreError:
            self.init(
                .serviceUnavailable,
                "The store cannot be used",
                detail: "What deployments need to remember cannot be written or read; the reason is in the log.",
                remedy: "Try again in a while, and tell the administrator if it stays so."
            )
        case let error as HTTPError: self.init(http: error)
        case is NIOTooManyBytesError: self.init(http: HTTPError(.contentTooLarge))
        default:
            self.init(
                .internalServerError,
                "Something went wrong here",
                detail: "The deployer met an error it has no words for; it is in the log.",
                remedy: "Tell the administrator the time and the address of this page."
            )
        }
    }

    private init(target error: TargetError) {
        let status: HTTPResponse.Status =
            switch error.code {
            case .invalidOption, .unsupported: .unprocessableContent
            case .conflict, .busy: .conflict
            case .unavailable, .invalidSettings: .badGateway
            case .timeout: .gatewayTimeout
            default: .internalServerError
            }
        self.init(status, error.what, detail: Self.sentence(error.why), remedy: Self.sentence(error.remedy))
    }

    /// Errors of the server framework: no such route, body too large, and the like.
    private init(http error: HTTPError) {
        switch error.status {
        case .notFound:
            self.init(.notFound, "There is nothing here", detail: "No page or resource has this address.")
        case .contentTooLarge:
            self.init(.contentTooLarge, "The request is too large", detail: "A request may have 512 KiB at most.")
        default:
            self.init(error.status, error.status.reasonPhrase, detail: error.body ?? "The request cannot be served.")
        }
    }
}
