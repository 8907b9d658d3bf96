/// Something under way on a client's loop, as its owner sees it. Keeps the client alive.
struct LoopHandle: Sendable {
    let client: HTTPClient
    let id: Int
    let host: String

    func cancel() { client.loop.post(.cancel(id)) }

    /// The next bytes of the queue; a cancelled task ends what is under way.
    func next(of queue: ByteQueue) async -> ByteQueue.Item {
        let item = await withTaskCancellationHandler {
            await queue.next(host: host)
        } onCancel: {
            cancel()
        }
        if case .success(let bytes?) = item, bytes.count >= ByteQueue.capacity { client.loop.post(.resume(id)) }
        return item
    }
}
