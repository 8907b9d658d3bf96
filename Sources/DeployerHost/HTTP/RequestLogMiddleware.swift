internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// One line per request: method, path, status and time; never the query, which may hold a token.
struct RequestLogMiddleware: RouterMiddleware {
    typealias Context = DeployerRequestContext

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method)",
                "path": "\(request.uri.path)",
                "status": "\(response.status.code)",
                "ms": "\(Int(milliseconds.rounded()))",
            ]
        )
        return response
    }
}
