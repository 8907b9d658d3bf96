internal import Synchronization

/// Takes values from any thread and hands them on in batches, in the order in which they came, to one reader.
final class Mailbox<Element: Sendable>: Sendable {
    private struct Content {
        var elements: [Element] = []
        var isClosed = false
        var reader: CheckedContinuation<Void, Never>?
    }

    private let content = Mutex(Content())

    /// Takes a value; after the end nothing is taken.
    func put(_ element: Element) {
        wake { content in
            if !content.isClosed { content.elements.append(element) }
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

    private func wake(_ change: (inout Content) -> Void) {
        let reader = content.withLock { content in
            change(&content)
            defer { content.reader = nil }
            return content.reader
        }
        reader?.resume()
    }
}
