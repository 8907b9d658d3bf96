import TargetContract
import Testing

@testable import DeployerHost

@Suite("Lines that wait for their reader", .timeLimit(.minutes(1)))
struct WaitingLinesTests {
    private static func line(_ number: Int, bytes: Int = 0) -> LogLine {
        LogLine(node: "model", text: "\(number)" + String(repeating: "x", count: bytes))
    }

    @Test func `all come in their order where there is room`() async throws {
        let lines = WaitingLines()
        for number in 0..<100 { lines.put(Self.line(number)) }
        lines.end(.success(()))
        lines.put(Self.line(100))
        #expect(try await lines.next() == (0..<100).map { Self.line($0) })
        #expect(try await lines.next() == nil)
    }

    @Test(arguments: [
        WaitingLines.Limits(lines: 10, bytes: .max), WaitingLines.Limits(lines: .max, bytes: 1_000),
    ]) func `the newest stay where there are too many, and it is told how many were left out`(
        limits: WaitingLines.Limits
    ) async throws {
        let lines = WaitingLines(limits: limits)
        for number in 0..<1_000 { lines.put(Self.line(number, bytes: 90)) }
        let batch = try #require(try await lines.next())
        #expect(batch.count <= 11)
        let kept = batch.dropFirst()
        #expect(Array(kept) == (1_000 - kept.count..<1_000).map { Self.line($0, bytes: 90) })
        #expect(batch.first?.node == "(host)")
        #expect(batch.first?.text.hasPrefix("\(1_000 - kept.count) lines were left out here") == true)
        lines.put(Self.line(1))
        #expect(try await lines.next() == [Self.line(1)])
    }

    @Test func `a line without end is cut`() async throws {
        let lines = WaitingLines()
        lines.put(Self.line(1, bytes: 1 << 20))
        let text = try #require(try await lines.next()?.first?.text)
        #expect(text.utf8.count <= WaitingLines.longest)
        #expect(text.hasSuffix("x…"))
    }

    @Test func `the reason of the end comes after the last line, and the first reason counts`() async throws {
        let lines = WaitingLines()
        lines.put(Self.line(1))
        lines.end(.failure(EngineError.draining))
        lines.end(.success(()))
        #expect(try await lines.next() == [Self.line(1)])
        await #expect(throws: EngineError.draining) { try await lines.next() }
    }

    @Test func `who waits with patience gets nothing when it is over, and everything later`() async throws {
        let lines = WaitingLines()
        #expect(try await lines.next(within: .milliseconds(1)) == [])
        async let batch = lines.next(within: .seconds(3_600))
        lines.put(Self.line(1))
        #expect(try await batch == [Self.line(1)])
    }
}

@Suite("The reading of logs", .timeLimit(.minutes(1)))
struct LogReadingTaskTests {
    /// Reads until it is told to give up, and tells that it was.
    private static func reading(
        within patience: Duration = .seconds(3_600), isExpected: Bool = false
    ) -> (LogReadingTask, ended: AsyncStream<Void>) {
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        let task = LogReadingTask(within: patience, isExpected: isExpected) { _ in
            while true { try await Task.sleep(for: .seconds(3_600)) }
        } ended: {
            continuation.finish()
        }
        return (task, ended)
    }

    @Test func `it ends when nobody holds it any more`() async {
        let ended = Self.reading().ended
        for await _ in ended {}
    }

    @Test func `it ends when its time is over, and says so`() async {
        let (task, ended) = Self.reading(within: .milliseconds(1))
        let error = await #expect(throws: TargetError.self) { try await task.lines.next() }
        #expect(error?.code == .timeout)
        for await _ in ended {}
    }

    @Test func `following ends without a word when its time is over`() async throws {
        let (task, ended) = Self.reading(within: .milliseconds(1), isExpected: true)
        #expect(try await task.lines.next() == nil)
        for await _ in ended {}
    }

    @Test func `a target that does not give up keeps no reader waiting`() async {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let task = LogReadingTask(within: .seconds(3_600), isExpected: false) { _ in
            await Task.detached { for await _ in gate {} }.value
        } ended: {
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.lines.next() }
        open.finish()
    }
}
