internal import Documents
internal import HTTPTypes
internal import Hummingbird

/// `GET /api/v1/deployments/{id}/events`: what happened and happens, as server-sent events or as JSON.
struct EventRoutes {
    let engine: DeploymentEngine
    let metrics: HostMetrics

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.get("api/v1/deployments/:id/events") { request, context in try await events(request, context) }
    }

    private func events(_ request: Request, _ context: DeployerRequestContext) async throws -> Response {
        let session = try context.signedIn()
        let id = try context.deploymentID()
        let record = try await engine.record(id, for: session)
        let after = try request.lastEventID()
        if request.headers[.accept]?.contains("application/json") == true {
            var events: [StoredEvent] = []
            while let last = events.last?.id ?? after as Int?, last < record.lastEvent {
                let more = try await engine.events(of: id, after: last)
                guard !more.isEmpty else { break }
                events += more
            }
            return Response(json: ["events": .array(events.map(\.document))])
        }
        // What browsers take for the end: they do not ask again.
        guard record.state.isActive || after < record.lastEvent else { return Response(status: .noContent) }
        let stream = EventStream(engine: engine, id: id, session: session, after: after)
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8", .xAccelBuffering: "no"],
            body: ResponseBody { writer in
                metrics.eventStreamOpened()
                defer { metrics.eventStreamClosed() }
                try await stream.run { try await writer.write($0) }
                try await writer.finish(nil)
            }
        )
    }
}

extension Request {
    /// The number after which events are wanted: header `Last-Event-ID`, else query `after`, else 0.
    /// - Throws: `Problem` with status 400.
    fileprivate func lastEventID() throws(Problem) -> Int {
        let query = try RequestQuery(self, known: ["after"])
        var numbers: [Int] = []
        for (name, text) in [("Last-Event-ID", headers[.lastEventID]), ("after", query["after"])] {
            guard let text else { continue }
            guard text.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(text) else {
                throw RequestObject.malformed(name, "must be a number")
            }
            numbers.append(number)
        }
        return numbers.first ?? 0
    }
}
