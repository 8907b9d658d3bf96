import TargetContract
import Testing

@Suite("Words of somebody else")
struct ForeignTextTests {
    @Test(
        "become one line that can be shown",
        arguments: [
            ("no space left.", "no space left"), (" a\n\tb  c ", "a b c"), ("\u{1B}[31mred\u{202E}x", "[31mred x"),
            ("", nil), (" \r\n\u{0}", nil), ("0123456789abc", "0123456789"), ("é", "é"),
        ] as [(String, String?)])
    func line(text: String, expected: String?) {
        #expect(ForeignText.line(text, limit: text.hasPrefix("0") ? 10 : 300) == expected)
    }
}
