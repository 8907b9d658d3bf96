internal import TargetContract
internal import Transport

/// What a playground answers to a solution: 200 and the path of a page, else why not.
struct PlaygroundAnswer: Sendable {
    /// The most bytes of an answer; a page of an error is some thousand.
    static let limit = 256 << 10

    private let response: HTTPResponse

    init(_ response: HTTPResponse) { self.response = response }

    /// The page that shows the deployment.
    /// - Throws: `TargetError`.
    func page(at address: PlaygroundAddress) throws(TargetError) -> String {
        guard response.status == 200 else { throw refusal }
        do throws(PlaygroundAddress.Problem) {
            guard let text = String(validating: response.body, as: UTF8.self) else {
                throw PlaygroundAddress.Problem(text: "it is no text in UTF-8")
            }
            return try address.page(try PagePath(text))
        } catch {
            throw TargetError(
                .unavailable,
                what: "The playground does not say where the solution is",
                why: "its answer should be the path of a page, but \(error.text)",
                remedy: "\(Self.lookFirst); tell its operator that it answers wrongly"
            )
        }
    }

    private var refusal: TargetError {
        switch response.status {
        case 400:
            TargetError(
                .unavailable,
                what: "The playground does not understand the request",
                why: "it answers 400, as it does where the solution or the user is missing",
                remedy: "Tell the administrator that this host and the playground do not fit together"
            )
        case 401:
            TargetError(
                .unavailable,
                what: "The playground does not accept solutions from this host",
                why: deniedAddress.map { "it does not have the address \($0) in its list allowed_ip_addresses" }
                    ?? "it answers 401; it lists the addresses that may hand over solutions",
                remedy: "Ask the playground's operator to add "
                    + (deniedAddress.map { "\($0)" } ?? "this host's address") + " to allowed_ip_addresses"
            )
        case 500:
            TargetError(
                .unavailable,
                what: "The playground could not deploy the solution",
                why: words.map { "it says: \($0)" } ?? "it answers 500 and gives no reason",
                remedy: "Try again in a few minutes; ask the playground's operator if it stays so"
            )
        case 300..<400:
            TargetError(
                .unavailable,
                what: "The playground is somewhere else",
                why: "it answers \(response.status), a redirect, which is not followed",
                remedy: "Ask the administrator to correct deployURL in the target's settings"
            )
        case 403, 404, 405, 410:
            TargetError(
                .unavailable,
                what: "There is no playground at its address",
                why: "it answers \(response.status)",
                remedy: "Ask the administrator to check deployURL in the target's settings"
            )
        case 413:
            TargetError(
                .unavailable,
                what: "The solution is too large for the playground",
                why: "it, or a proxy before it, answers 413",
                remedy: "Ask the playground's operator to raise the limit for the size of requests"
            )
        case 200..<300, 502, 504:
            TargetError(
                .unavailable,
                what: "The playground has not confirmed the solution",
                why: "it, or a proxy before it, answers \(response.status)",
                remedy: "\(Self.lookFirst); ask its operator if it stays so"
            )
        default:
            TargetError(
                .unavailable,
                what: "The playground does not work at the moment",
                why: "it answers \(response.status)",
                remedy: "Try again in a few minutes; ask the playground's operator if it stays so"
            )
        }
    }

    /// The address in `Not allowed for your domain: 192.0.2.7`.
    private var deniedAddress: IPAddress? {
        let text = ForeignText.line(String(decoding: response.body.prefix(400), as: UTF8.self)) ?? ""
        guard text.hasPrefix("Not allowed"), let last = text.split(separator: " ").last else { return nil }
        return IPAddress(String(last))
    }

    private var words: String? {
        let text = String(decoding: response.body.prefix(8 << 10), as: UTF8.self)
        return ForeignText.line(MarkupRemoval.text(of: text))
    }

    /// It is not known whether a solution has been taken that was sent.
    static let lookFirst = "Look into the playground before you deploy again: the solution may be there"
}

extension TargetError {
    /// No answer came.
    init(playground error: TransportError) {
        let what = "The playground cannot be reached"
        switch error.code {
        case .timeout where !error.isBeforeSending:
            self.init(
                .timeout,
                what: "The playground has not answered in time",
                why: "\(error)",
                remedy: PlaygroundAnswer.lookFirst
            )
        case .refusedByPolicy:
            let remedy = "Ask the administrator to add its range to network.allow; http is only called there"
            self.init(.unavailable, what: what, why: "\(error)", remedy: remedy)
        case .tls:
            let remedy =
                "Ask the administrator to check the playground's certificate, and the settings deployURL and authorities"
            self.init(.unavailable, what: what, why: "\(error)", remedy: remedy)
        case .unreachable, .unresolvable, .timeout:
            let remedy = "Try again in a few minutes; ask the administrator to check deployURL if it stays so"
            self.init(.unavailable, what: what, why: "\(error)", remedy: remedy)
        default:
            self.init(
                .unavailable,
                what: "The playground has not finished its answer",
                why: "\(error)",
                remedy: PlaygroundAnswer.lookFirst
            )
        }
    }
}
