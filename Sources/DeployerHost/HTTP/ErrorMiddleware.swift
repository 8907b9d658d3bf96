internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Turns every error into an answer: a page for browsers, problem details for everybody else.
struct ErrorMiddleware: RouterMiddleware {
    typealias Context = DeployerRequestContext

    let pages: Pages

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = Problem(error)
            if problem.status.kind == .serverError {
                // The type, not the error: what a library puts into its own text is nobody's promise.
                context.logger.error(
                    "request failed",
                    metadata: [
                        "problem": "\(problem.title)", "detail": "\(problem.detail)", "type": "\(type(of: error))",
                    ]
                )
            }
            return wantsPage(request) ? try pages.error(problem) : problem.response
        }
    }

    /// Browsers name text/html; the API always answers JSON.
    private func wantsPage(_ request: Request) -> Bool {
        guard !request.uri.path.contains("/api/") else { return false }
        return request.headers[values: .accept].contains { $0.contains("text/html") }
    }
}
