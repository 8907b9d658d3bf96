internal import Transport

/// When a request is sent again. Pure.
struct RetryRule {
    /// How often a request is sent in all.
    static let attempts = 6
    /// The longest pause that a server can ask for.
    private static let longest: Duration = .seconds(30)

    /// Whether sending the request twice does the same as sending it once.
    let isIdempotent: Bool

    /// The pause before the next attempt; nil if the answer stands.
    /// - Parameter attempt: how often the request was sent, at least 1.
    func pause(after response: HTTPResponse, attempt: Int) -> Duration? {
        guard attempt < Self.attempts else { return nil }
        let asked = Self.asked(by: response.headers)
        switch response.status {
        // Refused before anything was done, so this holds for every method.
        case 429: return asked ?? Self.backoff(attempt)
        case 500, 503, 504: return isIdempotent && asked != nil ? asked : (isIdempotent ? Self.backoff(attempt) : nil)
        case 502: return isIdempotent ? Self.backoff(attempt) : nil
        default: return nil
        }
    }

    func pause(after error: TransportError, attempt: Int) -> Duration? {
        guard attempt < Self.attempts, isIdempotent || error.code == .unreachable else { return nil }
        return [.unreachable, .failed].contains(error.code) ? Self.backoff(attempt) : nil
    }

    /// When the server wants to be asked again; nil where it does not say.
    static func asked(by headers: HTTPHeaders) -> Duration? {
        headers["Retry-After"].flatMap { Int($0) }.map { min(.seconds($0), longest) }
    }

    /// 0.1 s, 0.2 s, 0.4 s, ... at most 2 s.
    private static func backoff(_ attempt: Int) -> Duration { min(.milliseconds(50 << attempt), .seconds(2)) }
}
