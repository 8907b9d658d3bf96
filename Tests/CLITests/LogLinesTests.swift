import Testing

@testable import graphene_deployer

@Suite("Logs of a host")
struct LogLinesTests {
    @Test(
        "come in lines, wherever the bytes are cut",
        arguments: [1, 2, 3, 100]
    )
    func chunks(size: Int) {
        let bytes = Array("a\tfirst\nb\tsec\tönd\n\n\tIt broke\nrest".utf8)
        var reader = LogLines()
        var lines: [LogLines.Line] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            lines += reader.take(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        lines += [reader.finish()].compactMap(\.self)
        #expect(lines.map(\.node) == ["a", "b", nil, "", nil])
        #expect(lines.map(\.text) == ["first", "sec\tönd", "", "It broke", "rest"])
        #expect(reader.finish() == nil)
    }

    @Test("are cut where a line has no end")
    func endless() {
        var reader = LogLines(limit: 4)
        #expect(reader.take(Array("abcdefghij".utf8)).map(\.text) == ["abcd", "efgh"])
        #expect(reader.finish()?.text == "ij")
    }
}
