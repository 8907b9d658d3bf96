import Testing

@testable import DeployerHost

@Suite("An age as text")
struct AgeTextTests {
    @Test(
        "has one unit",
        arguments: [
            (0, "just now"), (9.9, "just now"), (10, "10 s ago"), (59.9, "59 s ago"), (60, "1 min ago"),
            (200, "3 min ago"), (3_599, "59 min ago"), (3_600, "1 h ago"), (86_399, "23 h ago"), (86_400, "1 d ago"),
            (86_400 * 45, "45 d ago"), (-9, "just now"), (-200, "in 3 min"), (-7_200, "in 2 h"),
        ] as [(Double, String)])
    func units(age: Double, text: String) {
        #expect(AgeText.text(of: 1_767_225_600, at: 1_767_225_600 + age) == text)
    }

    @Test(
        "does not stumble over a time that is none",
        arguments: [
            (Double.nan, "at an unknown time"), (.infinity, "at an unknown time"), (1e300, "in 1157407 d"),
            (-1e300, "1157407 d ago"),
        ] as [(Double, String)])
    func impossible(time: Double, text: String) {
        #expect(AgeText.text(of: time, at: 1_767_225_600) == text)
    }
}
