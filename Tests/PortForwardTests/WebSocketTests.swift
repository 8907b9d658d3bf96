import Testing

@testable import Kubernetes

struct WebSocketTests {
    @Test(arguments: heads)
    func `A client's frame tells its length and is masked`(count: Int, head: [UInt8]) {
        let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let mask: [UInt8] = [1, 2, 3, 4]
        let bytes = WebSocketFrame(opcode: .binary, payload: payload).bytes(mask: mask)
        #expect(bytes.prefix(head.count).elementsEqual(head))
        #expect(bytes.dropFirst(head.count).prefix(4).elementsEqual(mask))
        let masked = bytes.dropFirst(head.count + 4)
        #expect(masked.enumerated().map { $0.element ^ mask[$0.offset % 4] } == payload)
    }

    @Test(arguments: streams)
    func `Messages are the same however the bytes are cut`(bytes: [UInt8], events: [WebSocketDecoder.Event]) throws {
        for size in [1, 2, 3, bytes.count] {
            var decoder = WebSocketDecoder()
            var seen: [WebSocketDecoder.Event] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                seen += try decoder.take(Array(bytes[start..<min(start + size, bytes.count)]))
            }
            #expect(seen == events)
        }
    }

    @Test(arguments: violations)
    func `What breaks the rules ends the connection`(name: String, bytes: [UInt8]) {
        var decoder = WebSocketDecoder()
        let error = #expect(throws: PortForwardError.self) { try decoder.take(bytes) }
        #expect(error?.code == .broken, "\(name)")
    }

    @Test func `Fragments may not add up to more than the limit`() throws {
        var decoder = WebSocketDecoder()
        let part = [UInt8](repeating: 0, count: 1 << 19)
        let head: [UInt8] = [127, 0, 0, 0, 0, 0, 8, 0, 0]
        _ = try decoder.take([0x02] + head + part)
        _ = try decoder.take([0x00] + head + part)
        #expect(throws: PortForwardError.self) { try decoder.take([0x80, 1, 0]) }
    }

    @Test func `The acceptance is that of RFC 6455, section 1_3`() {
        #expect(WebSocketHandshake(nonce: Array("the sample nonce".utf8)).acceptance == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }

    @Test(arguments: channelMessages)
    func `The port before the first bytes of a channel is dropped`(
        messages: [[UInt8]],
        events: [PortForwardChannels.Event]
    ) throws {
        var channels = PortForwardChannels()
        #expect(try messages.compactMap { try channels.take($0) } == events)
    }

    @Test func `A channel that was not opened is an error`() {
        var channels = PortForwardChannels()
        #expect(throws: PortForwardError.self) { try channels.take([2, 0, 0]) }
    }

    private static let fives = [UInt8](repeating: 5, count: 126)

    private static let heads: [(Int, [UInt8])] = [
        (0, [0x82, 0x80]), (125, [0x82, 0x80 | 125]), (126, [0x82, 0x80 | 126, 0, 126]),
        (65_535, [0x82, 0x80 | 126, 0xFF, 0xFF]), (65_536, [0x82, 0x80 | 127, 0, 0, 0, 0, 0, 1, 0, 0]),
    ]

    private static let streams: [([UInt8], [WebSocketDecoder.Event])] = [
        ([0x82, 1, 7], [WebSocketDecoder.Event.message([7])]),
        ([0x81, 2, 7, 8, 0x82, 0], [.message([7, 8]), .message([])]),
        ([0x02, 1, 1, 0x00, 1, 2, 0x80, 1, 3], [.message([1, 2, 3])]),
        ([0x02, 1, 1, 0x89, 1, 9, 0x8A, 0, 0x80, 1, 3], [.ping([9]), .message([1, 3])]),
        ([0x88, 2, 3, 0xE8, 0x82, 1, 7], [.close]),
        ([0x82, 126, 0, 126] + fives, [.message(fives)]),
        ([0x82, 127, 0, 0, 0, 0, 0, 0, 0, 1, 5], [.message([5])]),
        ([0x82, 3, 1, 2], []),
    ]

    private static let violations: [(String, [UInt8])] = [
        ("reserved bit", [0xC2, 0]), ("unknown kind", [0x83, 0]), ("masked", [0x82, 0x81, 1, 2, 3, 4, 5]),
        ("long ping", [0x89, 126, 0, 126]), ("fragmented ping", [0x09, 0]), ("orphan", [0x80, 0]),
        ("message in message", [0x02, 0, 0x82, 0]),
        ("16 EiB", [0x82, 127] + [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
        ("one byte too large", [0x82, 127, 0, 0, 0, 0, 0, 0x10, 0, 1]),
    ]

    private static let channelMessages: [([[UInt8]], [PortForwardChannels.Event])] = [
        ([[0, 0x7D, 0x1F], [1, 0x7D, 0x1F], [0, 5, 6]], [PortForwardChannels.Event.data([5, 6])]),
        ([[0, 0x7D], [0, 0x1F, 5]], [.data([5])]),
        ([[0, 0x7D, 0x1F, 5], [0, 0, 0]], [.data([5]), .data([0, 0])]),
        ([[1, 0x7D, 0x1F], Array("\u{1}no\u{1B} way\n".utf8)], [.failure("no way")]),
        ([[], [0]], []),
    ]
}
