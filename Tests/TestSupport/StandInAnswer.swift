/// What a stand-in answers.
public struct StandInAnswer: Sendable, Hashable {
    public var status: Int
    public var headers: [String: String]
    public var body: [UInt8]
    /// How long the stand-in waits before it answers.
    public var delay: Duration
    /// How long it waits in the middle of the body.
    public var stall: Duration
    /// Sends the body again and again, without a length and without an end.
    public var isEndless: Bool

    public init(
        status: Int = 200,
        headers: [String: String] = [:],
        body: [UInt8] = [],
        delay: Duration = .zero,
        stall: Duration = .zero,
        isEndless: Bool = false
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.delay = delay
        self.stall = stall
        self.isEndless = isEndless
    }

    public init(status: Int = 200, type: String = "application/json", _ text: String) {
        self.init(status: status, headers: ["content-type": type], body: Array(text.utf8))
    }

    public static let html = StandInAnswer(type: "text/html", "<!DOCTYPE html><html><body>Sign in</body></html>")
    public static func redirect(to url: String) -> StandInAnswer {
        StandInAnswer(status: 302, headers: ["location": url])
    }
    public static func slow(_ delay: Duration) -> StandInAnswer { StandInAnswer(delay: delay) }
    public static let endless = StandInAnswer(body: Array(repeating: 0x78, count: 64 << 10), isEndless: true)
}
