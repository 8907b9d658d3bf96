import Testing

@testable import graphene_deployer

@Suite("Server-sent events")
struct ServerSentEventsTests {
    private typealias Message = ServerSentEvents.Message

    private static let text = """
        : a comment
        retry: 1500

        id: 1
        event: phase
        data: {"a":1}

        id:2
        data:first
        data: second
        data

        event: end
        data:  two blanks


        """

    @Test(
        "come out the same however lines end and the bytes are cut",
        arguments: ["\n", "\r\n", "\r"], [1, 2, 3, 7, 1_000]
    )
    func chunks(lineEnd: String, size: Int) throws {
        let bytes = Array(Self.text.replacing("\n", with: lineEnd).utf8)
        var reader = ServerSentEvents()
        var messages: [Message] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            messages += try reader.take(bytes[start..<min(start + size, bytes.count)])
        }
        #expect(
            messages == [
                Message(kind: "phase", data: #"{"a":1}"#), Message(kind: "message", data: "first\nsecond\n"),
                Message(kind: "end", data: " two blanks"),
            ]
        )
        #expect(reader.lastID == "2")
        #expect(reader.retry == 1_500)
    }

    @Test(
        "are read by the rules of their fields",
        arguments: [
            ("data: x\n", nil), ("\n\n\n", nil), ("event: x\n\n", nil), (": data: x\n\n", nil), ("data\n\n", ""),
            ("data:\n\n", ""), ("\u{FEFF}data: x\n\n", "x"), ("data: x\u{FEFF}\n\n", "x\u{FEFF}"), ("DATA: x\n\n", nil),
            (" data: x\n\n", nil), ("unknown: y\ndata: x:y\n\n", "x:y"), ("data: \u{1F426}\n\n", "\u{1F426}"),
        ] as [(String, String?)]
    )
    func fields(text: String, data: String?) throws {
        var reader = ServerSentEvents()
        #expect(try reader.take(text.utf8).map(\.data) == [data].compactMap(\.self))
    }

    @Test(
        "count as received only once they are complete",
        arguments: [
            ("id: 1\ndata: x\n", nil), ("id: 1\ndata: x\n\n", "1"), ("id: 1\n\n", "1"),
            ("id: 1\n\nid: 2\ndata: y", "1"),
            ("id: 1\n\ndata: y\n\n", "1"), ("id: 1\n\nid\n\n", ""), ("id: 1\n\nid: 2\u{0}\n\n", "1"),
        ] as [(String, String?)]
    )
    func identifiers(text: String, id: String?) throws {
        var reader = ServerSentEvents()
        _ = try reader.take(text.utf8)
        #expect(reader.lastID == id)
    }

    @Test("ask for a pause in digits only", arguments: ["retry: x", "retry: -1", "retry: 1.5", "retry:", "retry: 1e3"])
    func pause(line: String) throws {
        var reader = ServerSentEvents()
        _ = try reader.take("\(line)\n\n".utf8)
        #expect(reader.retry == nil)
    }

    @Test("have a kind for themselves only")
    func kinds() throws {
        var reader = ServerSentEvents()
        let kinds = try reader.take("event: a\n\ndata: x\n\nevent: b\ndata: x\n\n".utf8).map(\.kind)
        #expect(kinds == ["message", "b"])
    }

    @Test(
        "are not read on where one is too large, in one line or in many",
        arguments: ["data: xxxxxxx", "data\ndata\ndata"])
    func tooLarge(text: String) throws {
        var reader = ServerSentEvents(limit: 10)
        #expect(throws: ServerSentEvents.TooLarge(limit: 10)) { try reader.take(text.utf8) }
        var other = ServerSentEvents(limit: 10)
        #expect(try other.take("data: x\n\ndata: y\n\n".utf8).count == 2)
    }
}
