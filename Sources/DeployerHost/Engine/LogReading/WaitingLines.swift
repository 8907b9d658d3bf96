internal import Synchronization
internal import TargetContract

/// Takes lines from any thread and hands them on in batches, in the order in which they came, to one reader. For a reader
/// that is slow only the newest are kept: then a line says how many were left out.
final class WaitingLines: Sendable {
    /// How much may wait for the reader.
    struct Limits: Sendable {
        var lines = 20_000
        var bytes = 4 << 20
    }

    private struct Content {
        var lines: [LogLine] = []
        var bytes = 0
        var leftOut = 0
        /// Whether the reader is to look although nothing has come.
        var isAwaited = false
        var end: Result<Void, any Error>?
        var reader: CheckedContinuation<Void, Never>?
    }

    /// How many bytes of a line are kept.
    static let longest = 32 << 10
    /// Who speaks in a line that no container has printed; no node is called like that.
    static let host = "(host)"

    private let content = Mutex(Content())
    private let limits: Limits

    init(limits: Limits = Limits()) { self.limits = limits }

    /// Takes a line; after the end none is taken.
    func put(_ line: LogLine) {
        let line = LogLine(node: line.node.prefixed(by: 256), text: line.text.prefixed(by: Self.longest))
        wake { [limits] content in
            guard content.end == nil else { return }
            content.lines.append(line)
            content.bytes += line.size
            guard content.lines.count > limits.lines || content.bytes > limits.bytes else { return }
            // Half of them at once: leaving out one for each that comes would move all the others each time.
            let surplus = (content.lines.count + 1) / 2
            content.bytes -= content.lines[..<surplus].reduce(0) { $0 + $1.size }
            content.lines.removeFirst(surplus)
            content.leftOut += surplus
        }
    }

    /// Nothing comes any more; the first reason counts.
    func end(_ result: Result<Void, any Error>) {
        wake { content in
            if content.end == nil { content.end = result }
        }
    }

    /// Everything that has come since the last call, waiting for the first; nil when no more will come.
    /// - Parameter patience: how long to wait; nothing is given when it is over.
    /// - Throws: why no more will come, once everything has been handed on.
    func next(within patience: Duration? = nil) async throws -> [LogLine]? {
        content.withLock { $0.isAwaited = false }
        let alarm = patience.map { patience in
            Task {
                try await Task.sleep(for: patience)
                wake { $0.isAwaited = true }
            }
        }
        defer { alarm?.cancel() }
        while true {
            let (batch, isAwaited, end) = content.withLock { content in
                defer { (content.lines, content.bytes, content.leftOut) = ([], 0, 0) }
                let news = content.leftOut == 0 ? [] : [Self.gap(content.leftOut)]
                return (news + content.lines, content.isAwaited, content.end)
            }
            if !batch.isEmpty { return batch }
            if let end {
                try end.get()
                return nil
            }
            if isAwaited { return [] }
            await withCheckedContinuation { (reader: CheckedContinuation<Void, Never>) in
                let isReady = content.withLock { content in
                    let isReady = !content.lines.isEmpty || content.isAwaited || content.end != nil
                    if !isReady { content.reader = reader }
                    return isReady
                }
                if isReady { reader.resume() }
            }
        }
    }

    private static func gap(_ count: Int) -> LogLine {
        LogLine(node: host, text: "\(count) lines were left out here: they came faster than they were read")
    }

    private func wake(_ change: (inout Content) -> Void) {
        let reader = content.withLock { content in
            change(&content)
            defer { content.reader = nil }
            return content.reader
        }
        reader?.resume()
    }
}

extension LogLine {
    /// How many bytes its texts have.
    fileprivate var size: Int { node.utf8.count + text.utf8.count }
}
