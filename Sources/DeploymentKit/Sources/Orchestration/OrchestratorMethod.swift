/// The calls of the orchestrator, by their names on the wire: lower case, a service without a package.
enum OrchestratorMethod: String {
    case initialize
    case run
    case getStatus = "get_status"
    case observe

    /// The `:path` of the request.
    var path: String { "/Orchestrator/\(rawValue)" }
}
