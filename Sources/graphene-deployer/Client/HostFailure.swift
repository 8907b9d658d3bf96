import Documents
import Transport

/// Why a host did not do what it was asked for: what, why and what can be done, in one message.
struct HostFailure: Error, Hashable, CustomStringConvertible {
    let description: String
    /// Whether the host or the way to it is out of order; otherwise the request was refused.
    let isEnvironment: Bool
    /// Whether it may be over the next time: no answer came, or one of a proxy or of a host that is being started.
    let isTransient: Bool

    init(_ description: String, isEnvironment: Bool = true, isTransient: Bool = false) {
        self.description = description
        self.isEnvironment = isEnvironment
        self.isTransient = isTransient
    }

    /// An answer that is no success: problem details (RFC 9457), or whatever stands between here and the host.
    init(status: Int, headers: HTTPHeaders, body: [UInt8]) {
        let problem = try? Document(json: body, limits: .request)
        let isTransient = status >= 500 || [408, 425, 429].contains(status)
        guard let title = problem?["title"]?.string, (400..<600).contains(status) else {
            self.init(Self.strange(status), isTransient: isTransient)
            return
        }
        let text = { (name: String) in problem?[name]?.string.flatMap { $0.isEmpty ? nil : $0 } }
        var sentences = [text("detail").map { "\(title): \($0)" } ?? title, text("remedy")].compactMap(\.self)
        sentences += [("node", "Node"), ("field", "Field"), ("deployment", "Deployment")].compactMap { name, label in
            text(name).map { "\(label): \($0)" }
        }
        if status == 401 { sentences.append("Check the token; it may have ended") }
        if let seconds = headers["Retry-After"].flatMap({ Int($0) }) {
            sentences.append("It makes sense to try again in \(seconds) s")
        }
        if status == 404, text("remedy") == nil { sentences.append("Check --server, with its path") }
        let message = sentences.map { $0.hasSuffix(".") ? $0 : "\($0)." }.joined(separator: " ")
        self.init(message, isEnvironment: isTransient, isTransient: isTransient)
    }

    /// A request without an answer.
    init(_ error: TransportError, server: String) {
        let (what, remedy) =
            switch error.code {
            case .timeout: ("did not answer in time", "Try again in a minute, or look whether the host runs")
            case .tooLarge: ("answered with more than is read", "Ask for less")
            case .tls:
                ("cannot be trusted", "Its certificate must be valid, and one of an authority that this machine trusts")
            default: ("cannot be reached", "Check --server, and whether the host runs")
            }
        self.init("the host at \(server) \(what): \(error.reason). \(remedy).", isTransient: error.code != .tls)
    }

    /// An answer that no host of ours gives.
    static func unreadable(_ why: String) -> HostFailure {
        HostFailure(
            "the answer of the host cannot be read: \(why). Check that --server is the address of the deployer.")
    }

    private static func strange(_ status: Int) -> String {
        let hint = "Check that --server is the address of the deployer, with its path."
        if (300..<400).contains(status) {
            return "the host answered with a redirect (status \(status)), which is not followed. \(hint)"
        }
        return "the host answered with status \(status), and not as the deployer does. \(hint)"
    }
}
