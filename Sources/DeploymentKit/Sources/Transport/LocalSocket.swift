/// A socket of this machine on which exactly one connection of this very process is accepted: the way for a
/// request with `HTTPRequest.abstractSocket` into a protocol of our own.
package struct LocalSocket: Sendable {
    private let listener: LocalListener
    private let client: HTTPClient

    /// Listens at once.
    /// - Throws: `failed` if the system has no socket to give.
    package init(client: HTTPClient) throws(TransportError) {
        self.client = client
        listener = try LocalListener()
    }

    /// The name for `HTTPRequest.abstractSocket`.
    package var name: String { listener.name }

    /// The one connection; further ones are refused from then on.
    package func accept() async throws(TransportError) -> RawConnection {
        let (id, input, listener) = (client.loop.newID(), ByteQueue(), listener)
        try await client.loop.run(id, host: "") { .accept($0, listener, input, $1) }.get()
        return RawConnection(input: input, handle: LoopHandle(client: client, id: id, host: ""))
    }
}
