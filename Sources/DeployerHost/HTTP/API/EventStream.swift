internal import Documents
internal import Hummingbird

/// One client that follows a deployment: writes what is kept, then what comes, until the work has ended.
///
/// Nothing is buffered for a slow client: it is told that there is something new, and reads at its own pace.
struct EventStream: Sendable {
    let engine: DeploymentEngine
    let id: String
    let session: Session
    /// The number of the last event that the client has.
    let after: Int

    /// - Throws: where the client has gone.
    func run(_ write: (ByteBuffer) async throws -> Void) async throws {
        var last = after
        var signs = await engine.follow(id).makeAsyncIterator()
        try await write(ByteBuffer(string: "retry: 1000\n\n"))
        while session.expires > engine.now() {
            let record = try await engine.record(id, for: session)
            let events = last < record.lastEvent ? try await engine.events(of: id, after: last) : []
            if !events.isEmpty {
                var buffer = ByteBuffer()
                for event in events { buffer.writeEvent(event) }
                try await write(buffer)
                last = events.last?.id ?? last
            }
            guard last >= record.lastEvent else { continue }
            guard record.state.isActive else {
                let end = Document.object(["state": .string(record.state.rawValue)]).jsonText()
                return try await write(ByteBuffer(string: "event: end\ndata: \(end)\n\n"))
            }
            guard await signs.next() != nil else { return }
            // Finds clients that have gone, and keeps proxies from taking the silence for an end.
            if try await engine.record(id, for: session).lastEvent == last {
                try await write(ByteBuffer(string: ":\n\n"))
            }
        }
    }
}

extension ByteBuffer {
    /// An event in the format of server-sent events (WHATWG HTML, section 9.2).
    fileprivate mutating func writeEvent(_ event: StoredEvent) {
        let kind = event.kind.allSatisfy { $0.isLetter || $0 == "-" } ? event.kind : "event"
        writeString("id: \(event.id)\nevent: \(kind)\ndata: \(event.document.jsonText())\n\n")
    }
}
