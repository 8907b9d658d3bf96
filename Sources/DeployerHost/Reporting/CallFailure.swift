/// Why one try of a call failed; nothing of what the service answered is in it.
struct CallFailure: Error {
    /// The status of the answer, or what there was instead of one.
    let status: String
    let reason: String?
    /// Whether the same call may go well later.
    let mayPass: Bool
    /// Whether other calls would fail in the same way.
    let concernsAll: Bool

    init(_ error: CatalogueError) {
        status = error.code.rawValue
        reason = error.why
        mayPass = error.code == .timeout || error.code == .unavailable
        concernsAll = mayPass
    }

    init(status: Int, reason: String? = nil) {
        self.status = String(status)
        self.reason = reason
        mayPass = status >= 500
        concernsAll = status == 401 || status == 403
    }
}
