import Testing

@testable import DeployerHost

@Suite("A duration as text")
struct DurationTextTests {
    @Test(
        "has at most two units",
        arguments: [
            (0, "0.0 s"), (0.3, "0.3 s"), (0.04, "0.0 s"), (2.4, "2.4 s"), (2.49, "2.4 s"), (8.2, "8.2 s"),
            (9.99, "9.9 s"), (10, "10 s"), (42.9, "42 s"), (59.99, "59 s"), (60, "1 min"), (61, "1 min 1 s"),
            (200, "3 min 20 s"), (3_599, "59 min 59 s"), (3_600, "1 h"), (3_659, "1 h"), (3_840, "1 h 4 min"),
            (86_399, "23 h 59 min"), (86_400, "1 d"), (183_600, "2 d 3 h"), (86_400 * 400, "400 d"),
        ] as [(Double, String)])
    func units(seconds: Double, text: String) {
        #expect(DurationText.text(seconds: seconds) == text)
    }

    @Test("is none where clocks went wrong", arguments: [-1, -1e300, -.infinity, .nan])
    func impossible(seconds: Double) {
        #expect(DurationText.text(seconds: seconds) == "0.0 s")
    }

    @Test("may be as long as it likes", arguments: [1e11, 1e300, .infinity])
    func endless(seconds: Double) {
        #expect(DurationText.text(seconds: seconds) == "1157407 d 9 h")
    }
}
