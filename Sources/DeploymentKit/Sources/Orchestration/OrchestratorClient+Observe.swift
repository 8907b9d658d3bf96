internal import SwiftProtobuf
internal import Transport

extension OrchestratorClient {
    /// Tells events as they come, those from before the call as well, until the time is over, `take` says false, or the
    /// orchestrator ends the stream.
    ///
    /// All observers of a process draw from one queue: keep one observer only. Events that the expressions do not match
    /// are lost.
    /// - Parameters:
    ///   - names: A regular expression for event names, matched from the start; empty matches all. An invalid one ends
    ///     the stream without an event.
    ///   - components: The same for components.
    ///   - duration: How long to observe at most; that it has passed is no error.
    ///   - take: Takes an event and says whether to go on.
    /// - Throws: Among others `cancelled`, where the task is.
    public func observe(
        names: String = "",
        components: String = "",
        for duration: Duration,
        _ take: (OrchestratorEvent) -> Bool
    ) async throws(OrchestratorError) {
        let begin = ContinuousClock.now
        do throws(OrchestratorError) {
            try await follow(names, components, duration, take)
        } catch  where error.code == .timeout && begin.duration(to: .now) >= duration * 0.9 {
            return
        }
    }

    private func follow(
        _ names: String,
        _ components: String,
        _ duration: Duration,
        _ take: (OrchestratorEvent) -> Bool
    ) async throws(OrchestratorError) {
        let path = OrchestratorMethod.observe.path
        var filter = OrchestrationObservationConfiguration()
        filter.nameRegex = names
        filter.componentRegex = components
        let request = try await request(path, try Self.bytes(of: filter, .observe), deadline: duration)
        do {
            let stream = try await client.stream(request)
            defer { stream.cancel() }
            try Self.checkHead(stream.status, stream.headers, call: path)
            var frames = MessageFrames()
            while let bytes = try await stream.next() {
                for message in try frames.take(bytes) where !take(try Self.event(message)) { return }
            }
            try Self.checkStatus(trailers: stream.trailers, headers: stream.headers, call: path)
        } catch let error as TransportError {
            throw OrchestratorError(error, call: path)
        } catch let problem as MessageFrames.Problem {
            throw OrchestratorError(problem, call: path)
        } catch let error as OrchestratorError {
            throw error
        } catch {
            throw OrchestratorError(.failed, call: path, message: "\(error)")
        }
    }

    private static func event(_ message: [UInt8]) throws(OrchestratorError) -> OrchestratorEvent {
        guard let event = try? OrchestrationEvent(serializedBytes: message) else {
            let path = OrchestratorMethod.observe.path
            throw OrchestratorError(.invalidAnswer, call: path, message: "a message is no OrchestrationEvent")
        }
        return OrchestratorEvent(name: event.name, component: event.component, detail: event.detail)
    }
}
