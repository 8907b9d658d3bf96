import Documents
import Transport

/// Follows a deployment's events to its end, over as many connections as that takes.
struct EventFollower: Sendable {
    let service: HostService
    let id: String

    /// After such a silence another connection is made, lest one that is dead be waited for.
    private static let idle = Duration.seconds(90)

    /// Hands over each event once, in order.
    /// - Parameter after: the number of the last event that is not wanted any more.
    /// - Returns: the state in which the deployment ended.
    /// - Throws: `HostFailure`; of a broken connection only once trying again has been given up.
    func follow(after: Int, take: @Sendable (HostEvent) async throws -> Void) async throws -> String {
        var last = after
        var position = "\(after)"
        var isFirst = true
        var reconnection = Reconnection()
        while true {
            var reader = ServerSentEvents()
            let before = last
            let started = ContinuousClock.now
            let end: Ending
            do {
                end = try await read(&reader, after: position, last: &last, take: take)
            } catch let failure as HostFailure where failure.isTransient && !isFirst {
                end = .broken(failure)
            }
            isFirst = false
            position = reader.lastID ?? position
            guard case .broken(let failure) = end else { return try await state(after: end) }
            let lasted = ContinuousClock.now - started
            guard
                let delay = reconnection.delay(after: lasted, hasProgress: last > before, retry: reader.retry)
            else { throw failure ?? .unreadable("it ends the stream of events again and again") }
            if let failure, lasted < Reconnection.lasting {
                Terminal.say("the connection broke, it is tried again: \(failure.description)")
            }
            try await Task.sleep(for: delay)
        }
    }

    private enum Ending {
        /// In a state, if the host told it.
        case ended(String?)
        /// With what is known of the reason; nil where the stream ended in order, but before the deployment.
        case broken(HostFailure?)
    }

    private func read(
        _ reader: inout ServerSentEvents,
        after position: String,
        last: inout Int,
        take: (HostEvent) async throws -> Void
    ) async throws -> Ending {
        let call = HostService.Call(
            path: ["deployments", id, "events"],
            accept: "text/event-stream",
            headers: [("Last-Event-ID", position)]
        )
        let stream = try await service.stream(call, idle: Self.idle)
        // Nothing more will ever come.
        if stream.status == 204 { return .ended(nil) }
        guard stream.headers["Content-Type"]?.hasPrefix("text/event-stream") == true else {
            throw HostFailure.unreadable("it is no stream of events")
        }
        while true {
            let bytes: [UInt8]?
            do {
                bytes = try await service.next(of: stream)
            } catch let failure as HostFailure {
                return .broken(failure)
            }
            guard let bytes else { return .broken(nil) }
            for message in try messages(in: bytes, &reader) {
                let document = try Self.document(message)
                if message.kind == "end" { return .ended(document["state"]?.string) }
                let event = try HostEvent(document)
                // A host that starts over tells what is known already.
                guard event.number > last else { continue }
                last = event.number
                try await take(event)
            }
        }
    }

    private func messages(
        in bytes: [UInt8],
        _ reader: inout ServerSentEvents
    ) throws(HostFailure) -> [ServerSentEvents.Message] {
        do {
            return try reader.take(bytes)
        } catch {
            throw .unreadable("an event has more than \(error.limit) bytes")
        }
    }

    private static func document(_ message: ServerSentEvents.Message) throws(HostFailure) -> Document {
        do {
            return try Document(json: message.data)
        } catch {
            throw .unreadable(error.description)
        }
    }

    private func state(after end: Ending) async throws -> String {
        if case .ended(let state?) = end { return state }
        let deployment = try await service.document("deployments", id)
        return deployment["state"]?.string ?? ""
    }
}
