internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Counts requests, and writes one line for each: method, path, status and time; never the query, which may hold a token.
struct RequestLogMiddleware: RouterMiddleware {
    typealias Context = DeployerRequestContext

    let metrics: HostMetrics
    /// The public prefix; a route with it counts as the same route.
    let prefix: String

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        metrics.requestAnswered(
            method: request.method.rawValue,
            route: context.endpointPath.map { $0.withoutPrefix(prefix) },
            status: response.status.code,
            seconds: milliseconds / 1_000
        )
        var metadata: Logger.Metadata = [
            "method": "\(request.method)",
            "path": "\(request.uri.path)",
            "status": "\(response.status.code)",
            "ms": "\(Int(milliseconds.rounded()))",
        ]
        if let id = context.parameters.get("id"), DeploymentID.isValid(id) { metadata["deployment"] = "\(id)" }
        context.logger.info("request", metadata: metadata)
        return response
    }
}

extension String {
    fileprivate func withoutPrefix(_ prefix: String) -> String {
        !prefix.isEmpty && hasPrefix(prefix + "/") ? String(dropFirst(prefix.count)) : self
    }
}
