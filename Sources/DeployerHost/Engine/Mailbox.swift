internal import Synchronization

/// Takes values from any thread and hands them on in batches, in the order in which they came, to one reader.
final class Mailbox<Element: Sendable>: Sendable {
    private struct Content {
        var elements: [Element] = []
        var isClosed = false
        var reader: CheckedContinuation<Void, Never>?
    }

    private let content = Mutex(Content())
    private let limit: Int

    /// - Parameter limit: how many values may wait for the reader.
    init(limit: Int = .max) { self.limit = limit }

    /// Takes a value, unless it is full; after the end nothing is taken.
    /// - Returns: whether it was taken.
    @discardableResult
    func put(_ element: Element) -> Bool {
        wake { content in
            guard !content.isClosed, content.elements.count < limit else { return false }
            content.elements.append(element)
            return true
        }
    }

    /// Nothing comes any more.
    func close() {
        wake { $0.isClosed = true }
    }

    /// Whether nothing comes any more; what came before may still be there.
    var isClosed: Bool { content.withLock { $0.isClosed } }

    /// Everything that has come since the last call, waiting for the first; nil when no more will come.
    func next() async -> [Element]? {
        while true {
            let (batch, isOver) = content.withLock { content in
                defer { content.elements = [] }
                return (content.elements, content.isClosed)
            }
            if !batch.isEmpty { return batch }
            if isOver { return nil }
            await withCheckedContinuation { (reader: CheckedContinuation<Void, Never>) in
                let isReady = content.withLock { content in
                    let isReady = !content.elements.isEmpty || content.isClosed
                    if !isReady { content.reader = reader }
                    return isReady
                }
                if isReady { reader.resume() }
            }
        }
    }

    private func wake<Result: Sendable>(_ change: (inout Content) -> Result) -> Result {
        let (result, reader) = content.withLock { content in
            defer { content.reader = nil }
            return (change(&content), content.reader)
        }
        reader?.resume()
        return result
    }
}
