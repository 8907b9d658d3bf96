import Testing

@testable import Orchestration

struct MessageFramesTests {
    @Test(
        arguments: [
            ([], [0, 0, 0, 0, 0]),
            ([7], [0, 0, 0, 0, 1, 7]),
            ([UInt8](repeating: 1, count: 258), [0, 0, 0, 1, 2] + [UInt8](repeating: 1, count: 258)),
        ] as [([UInt8], [UInt8])])
    func `A message gets a prefix of five bytes, and loses it again`(message: [UInt8], framed: [UInt8]) throws {
        #expect(MessageFrames.framed(message) == framed)
        var frames = MessageFrames()
        #expect(try frames.take(framed) == [message])
        #expect(frames.isComplete)
    }

    @Test(arguments: 1...13)
    func `Pieces of any size give the same messages`(size: Int) throws {
        let bytes: [UInt8] = [0, 0, 0, 0, 2, 8, 9] + [0, 0, 0, 0, 0] + [0, 0, 0, 0, 1, 5]
        var frames = MessageFrames()
        var messages: [[UInt8]] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            messages += try frames.take(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        #expect(messages == [[8, 9], [], [5]])
        #expect(frames.isComplete)
    }

    @Test(arguments: [[0], [0, 0, 0, 0, 1], [0, 0, 0, 0, 2, 1]] as [[UInt8]])
    func `A message that is cut off is not complete`(bytes: [UInt8]) throws {
        var frames = MessageFrames()
        #expect(try frames.take(bytes).isEmpty)
        #expect(!frames.isComplete)
    }

    @Test func `Compressed and oversized messages are refused before they are read`() {
        #expect(throws: MessageFrames.Problem.compressed) {
            var frames = MessageFrames()
            _ = try frames.take([1, 0, 0, 0, 0])
        }
        #expect(throws: MessageFrames.Problem.tooLarge(11)) {
            var frames = MessageFrames(limit: 10)
            _ = try frames.take([0, 0, 0, 0, 11])
        }
        #expect(throws: MessageFrames.Problem.tooLarge(0xFFFF_FFFF)) {
            var frames = MessageFrames()
            _ = try frames.take([0, 255, 255, 255, 255])
        }
    }
}
