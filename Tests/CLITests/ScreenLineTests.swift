import Testing

@testable import graphene_deployer

@Suite("Lines of a screen")
struct ScreenLineTests {
    @Test(
        "take as many columns as a terminal gives them",
        arguments: [
            ("", 0), ("abc", 3), ("äö", 2), ("a\u{308}", 1), ("模型", 4), ("ﾓ", 1), ("Ｍ", 2), ("🐦", 2), ("…", 1),
            ("\u{200B}", 0), ("한글", 4),
        ]
    )
    func width(text: String, columns: Int) {
        #expect(text.displayWidth == columns)
    }

    @Test(
        "are cut with an ellipsis where they are too long",
        arguments: [
            ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""), ("模型模型", 8, "模型模型"),
            ("模型模型", 7, "模型模…"), ("模型模型", 6, "模型…"), ("a\u{308}bc", 2, "a\u{308}…"), ("", 0, ""),
        ]
    )
    func cut(text: String, columns: Int, result: String) {
        #expect(ScreenLine([.init(text)]).cut(to: columns).plain == result)
    }

    @Test("keep the colours of what is left", arguments: [(6, "abcdef"), (5, "abcd…"), (4, "abc…"), (2, "a…")])
    func spans(columns: Int, text: String) {
        let line = ScreenLine([.init("ab", .red), .init("cd", .bold), .init("ef")]).cut(to: columns)
        #expect(line.plain == text)
        #expect(line.width == columns)
        #expect(line.spans.first?.emphasis == .red)
        #expect(line.spans.count == (columns + 1) / 2)
    }

    @Test("stand in columns, the last of which is as long as it likes")
    func aligned() {
        let rows = [["ID", "NAME", "TEXT"], ["模型", "b", "c"], ["x", "longer"], []]
        #expect(AlignedText.lines(rows) == ["ID    NAME  TEXT", "模型  b     c", "x     longer", ""])
        #expect(
            AlignedText.lines(rows, width: 6)
                == ["ID    …", "模型  …", "x     …", ""].map { $0.prefix(columns: 5) + ($0.isEmpty ? "" : "…") })
        #expect(AlignedText.lines([]).isEmpty)
    }
}
