internal import Documents
internal import TargetContract
internal import Transport

/// A solution and whose it is, as `{"solution": "<the zip in base64>", "username": "<e-mail address>"}`.
struct PlaygroundRequest: Sendable {
    /// Whose deployment it becomes on the playground. The playground believes it, so that no user may say it.
    static let userOption = TargetOption(
        name: "username",
        kind: .text,
        label: "User",
        help: "The e-mail address of the user whose deployment it becomes on the playground.",
        isRequired: true,
        userAttribute: .email
    )

    let body: [UInt8]

    init(_ package: [UInt8], options: OptionValues) throws(TargetError) {
        guard let user = options.text(Self.userOption.name) else {
            throw TargetError(
                .invalidOption,
                what: "Nobody knows whose deployment it becomes",
                why: "the option \(Self.userOption.name) has no value",
                remedy: "Sign in with an account that has an e-mail address"
            )
        }
        let document: Document = [
            "solution": .string(String(decoding: Base64.encode(package), as: UTF8.self)), "username": .string(user),
        ]
        body = document.json()
    }

    func http(_ settings: PlaygroundSettings) -> HTTPRequest {
        var request = HTTPRequest(url: settings.address.url, method: "POST")
        request.headers = ["Content-Type": "application/json", "Accept": "text/plain, */*;q=0.1"]
        request.body = body
        // libcurl sends a request again where a connection that was used before turns out to be closed; what is handed
        // over twice is deployed twice.
        request.usesOwnConnection = true
        request.deadlines = HTTPDeadlines(connect: min(.seconds(10), settings.timeout), total: settings.timeout)
        request.responseLimit = PlaygroundAnswer.limit
        return request
    }
}
