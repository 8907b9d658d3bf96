import Blueprints
import Testing

@Suite("A solution reference")
struct SolutionReferenceTests {
    @Test(
        "is read from SOLUTIONID/REVISIONID",
        arguments: [
            "11111111-1111-4111-8111-111111111111/22222222-2222-4222-8222-222222222222", "a/b", "A_1.x/0",
        ])
    func accepted(text: String) throws {
        #expect(try #require(SolutionReference(text)).description == text)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "a", "a/", "/b", "a/b/c", "a b/c", "../b", "a/..", ".a/b", "a%2f/b", "a/é",
            "a/\(String(repeating: "b", count: 37))", "a\u{0}/b", "a/b?x",
        ])
    func refused(text: String) {
        #expect(SolutionReference(text) == nil)
    }
}
