import Testing

@testable import graphene_deployer

@Suite("A block that is drawn in place")
struct LiveBlockTests {
    private static func lines(_ texts: String...) -> [ScreenLine] { texts.map { ScreenLine([.init($0)]) } }

    @Test("is taken away and drawn again with each picture")
    func frames() {
        var block = LiveBlock()
        let draw = { (above: [ScreenLine], lines: [ScreenLine]) in
            block.frame(above: above, lines, width: 20, isColoured: false)
        }
        #expect(draw([], Self.lines("a", "b")) == "a\nb\n")
        #expect(draw([], Self.lines("a", "c")) == "\u{1B}[2A\r\u{1B}[Ja\nc\n")
        #expect(draw(Self.lines("w"), Self.lines("a")) == "\u{1B}[2A\r\u{1B}[Jw\na\n")
        #expect(draw([], []) == "\u{1B}[1A\r\u{1B}[J")
        #expect(draw(Self.lines("w"), []) == "w\n")
    }

    @Test("is left alone where nothing changes")
    func same() {
        var block = LiveBlock()
        _ = block.frame(above: [], Self.lines("a"), width: 20, isColoured: false)
        #expect(block.frame(above: [], Self.lines("a"), width: 20, isColoured: false).isEmpty)
        #expect(block.frame(above: [], Self.lines("a"), width: 30, isColoured: false).isEmpty)
    }

    @Test("stays where it is once the terminal is too narrow for it")
    func narrow() {
        var block = LiveBlock()
        _ = block.frame(above: [], Self.lines("0123456789"), width: 20, isColoured: false)
        #expect(block.frame(above: [], Self.lines("01234…"), width: 8, isColoured: false) == "01234…\n")
        #expect(block.frame(above: [], Self.lines("x"), width: 8, isColoured: false) == "\u{1B}[1A\r\u{1B}[Jx\n")
    }

    @Test("ends each colour in its own line")
    func colours() {
        var block = LiveBlock()
        let line = ScreenLine([.init("a"), .init("b", .red), .init("", .green), .init("c", .bold)])
        let frame = block.frame(above: [], [line], width: 20, isColoured: true)
        #expect(frame == "a\u{1B}[31mb\u{1B}[0m\u{1B}[1mc\u{1B}[0m\n")
    }
}
