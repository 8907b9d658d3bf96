import Secrets
import TargetContract
import Testing

@testable import DeployerHost

@Suite("Messages of workers")
struct FrameTests {
    @Test(arguments: Frame.Kind.allCases) func `a message is read as it was written`(kind: Frame.Kind) throws {
        var decoder = FrameDecoder()
        let frames = try decoder.decode(Frame(kind, [1, 2, 3]).bytes)
        #expect(frames == [Frame(kind, [1, 2, 3])])
    }

    @Test(arguments: [1, 2, 3, 5, 7, 1000]) func `it does not matter in which pieces messages arrive`(size: Int) throws
    {
        let sent = (0..<40).map { Frame(.event, Array(repeating: UInt8($0), count: $0)) }
        let bytes = sent.flatMap(\.bytes)
        var decoder = FrameDecoder()
        var frames: [Frame] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            frames += try decoder.decode(bytes[start..<min(start + size, bytes.count)])
        }
        #expect(frames == sent)
    }

    @Test(arguments: [
        ([0, 0, 0, 0, 99] as [UInt8], "a message of the unknown kind 99"),
        ([255, 255, 255, 255, 18], "a message of 4294967295 bytes, at most 262144 are read"),
        ([0, 4, 0, 1, 19], "a message of 262145 bytes, at most 262144 are read"),
        ([0, 4, 0, 1, 20], "a message of 262145 bytes, at most 262144 are read"),
        ([2, 0, 0, 1, 21], "a message of 33554433 bytes, at most 33554432 are read"),
        ([255, 255, 255, 255, 4], "a message of 4294967295 bytes, at most 67108864 are read"),
    ]) func `other bytes are refused before anything is kept of them`(bytes: [UInt8], finding: String) {
        var decoder = FrameDecoder()
        #expect(throws: FrameError(finding: finding)) { try decoder.decode(bytes) }
    }

    @Test(arguments: [Frame.Kind.event, .line, .log, .result, .failure, .loaded, .rejected])
    func `what is deeper than any message is not read`(kind: Frame.Kind) {
        let deep = Frame(kind, Array((String(repeating: "[", count: 200_000)).utf8))
        #expect(throws: FrameError(finding: "a message of the kind \(kind) that cannot be read")) {
            try deep.decoded(as: String.self)
        }
    }

    @Test func `an event that has all that is kept of one is read`() throws {
        let text = String(repeating: "\u{1}", count: 1_024)
        let event = DeploymentEvent(.warning, node: text, text: text, logs: Array(repeating: text, count: 30))
        #expect(try Frame(.event, encoding: event).decoded(as: DeploymentEvent.self) == event)
    }

    @Test func `secrets go out in order, however little is taken at a time`() throws {
        var outgoing = OutgoingBytes()
        outgoing.append(SecretBytes("pass word"), named: "kubeconfig")
        outgoing.append(Frame(.call, [7]))
        var sent: [UInt8] = []
        outgoing.send { bytes in
            guard let first = bytes.first else { return 0 }
            sent.append(first)
            return 1
        }
        #expect(outgoing.isEmpty)
        var decoder = FrameDecoder()
        let frames = try decoder.decode(sent)
        #expect(frames == [Frame(.secret, [10] + Array("kubeconfigpass word".utf8)), Frame(.call, [7])])
    }

    @Test func `what is not taken stays`() {
        var outgoing = OutgoingBytes()
        outgoing.append(Frame(.cancel))
        outgoing.send { _ in nil }
        #expect(!outgoing.isEmpty)
    }
}
