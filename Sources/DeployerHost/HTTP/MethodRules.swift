internal import HTTPTypes
internal import Hummingbird

extension Router<DeployerRequestContext> {
    /// Answers 405 with the header `Allow` where a path has other methods than that of the request. To be called once,
    /// after all routes.
    func refuseOtherMethods() {
        for routes in Dictionary(grouping: routes, by: \.path.description).values {
            guard let path = routes.first?.path else { continue }
            var allowed = Set(routes.map(\.method))
            // A path that can be read has HEAD, too; the router adds it.
            if allowed.contains(.get) { allowed.insert(.head) }
            let allow = allowed.map(\.rawValue).sorted().joined(separator: ", ")
            for method in HTTPRequest.Method.common where !allowed.contains(method) {
                on(path, method: method) { _, _ in
                    var response = Problem.methodNotAllowed(method, allow: allow).response
                    response.headers[.allow] = allow
                    return method == .head ? response.createHeadResponse() : response
                }
            }
        }
    }
}

extension Problem {
    fileprivate static func methodNotAllowed(_ method: HTTPRequest.Method, allow: String) -> Problem {
        Problem(
            .methodNotAllowed, "The method is not allowed", detail: "This address has no \(method); it has \(allow).")
    }
}

extension HTTPRequest.Method {
    /// The methods that clients can be expected to try; others find nothing.
    fileprivate static let common: [HTTPRequest.Method] =
        [.get, .head, .post, .put, .patch, .delete, .options, .trace] + [HTTPRequest.Method("QUERY")].compactMap { $0 }
}
