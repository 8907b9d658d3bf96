import Testing

@testable import DeployerHost

@Suite("A pattern of names")
struct NamePatternTests {
    @Test(
        "means whole names, with any characters for a star",
        arguments: [
            ("demo", "demo", true), ("demo", "demo2", false), ("demo", "a-demo", false), ("demo", "Demo", false),
            ("*", "", true), ("*", "anything", true), ("team-*", "team-", true), ("team-*", "team-a", true),
            ("team-*", "a-team-a", false), ("*-test", "a-test", true), ("*-test", "a-tests", false),
            ("a*b*c", "a-b-b-c", true), ("a*b*c", "a-c-b", false), ("**", "x", true), ("a*", "", false),
            ("*a", "aaab", false), ("a.b", "axb", false),
        ])
    func matching(pattern: String, name: String, isMatch: Bool) throws {
        #expect(try #require(NamePattern(pattern)).matches(name) == isMatch)
    }

    @Test(
        "is refused where other programs would mean more by it, or where it can mean no name",
        arguments: ["", "a b", "team-?", "[ab]", "{a,b}", "a,b", "a\\b", "näme", String(repeating: "a", count: 254)])
    func refused(text: String) { #expect(NamePattern(text) == nil) }

    @Test("takes no long time for patterns and names that are made for it", .timeLimit(.minutes(1)))
    func hostile() throws {
        let pattern = try #require(NamePattern(String(repeating: "*a", count: 100) + "b"))
        #expect(!pattern.matches(String(repeating: "a", count: 20_000)))
    }
}
