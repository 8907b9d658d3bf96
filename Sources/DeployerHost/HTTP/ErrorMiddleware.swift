internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Turns every error into an answer: a page for browsers, problem details for everybody else.
struct ErrorMiddleware: RouterMiddleware {
    typealias Context = DeployerRequestContext

    let site: PageSite

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
            let response =
                wantsPage(request) ? try site.pages.error(problem, setting(request, context)) : problem.response
            // An answer to HEAD must not have a body: clients would take it for the next answer.
            return request.method == .head ? response.createHeadResponse() : response
        }
    }

    /// Nobody is named in it: what failed may be the sign-in.
    private func setting(_ request: Request, _ context: Context) -> PageSetting {
        var context = context
        context.publicPrefix = site.live.current.configuration.publicPrefix
        return site.setting(request, context)
    }

    /// Browsers name text/html; the API always answers JSON.
    private func wantsPage(_ request: Request) -> Bool {
        guard !request.uri.path.contains("/api/") else { return false }
        return request.headers[values: .accept].contains { $0.contains("text/html") }
    }
}
