internal import Documents
internal import Transport

/// Reads one connection of a watch: a JSON object on each line, `{"type": "MODIFIED", "object": {…}}`.
struct WatchReader {
    private var version: String
    private var splitter = LineSplitter(limit: 8 << 20)

    init(version: String) { self.version = version }

    consuming func read(
        _ call: APICall,
        of client: KubernetesClient,
        take: (WatchEvent) async -> Void
    ) async throws(KubernetesError) -> String {
        do {
            let stream = try await client.answer(call) { request in
                // The server ends a watch after timeoutSeconds; one that stays silent for longer is broken.
                request.deadlines.total = .seconds(330)
            } _: { request, http in
                let stream = try await http.stream(request, sharesConnection: true)
                return (stream, stream.status)
            }
            guard (200..<300).contains(stream.status) else {
                var body: [UInt8] = []
                while let bytes = try await stream.next() { body += bytes }
                var error = APIStatus(status: stream.status, body: body).error(call.operation)
                error.retryAfter = RetryRule.asked(by: stream.headers)
                throw error
            }
            while let bytes = try await stream.next() {
                for line in splitter.take(bytes) {
                    if let event = try event(line, call) { await take(event) }
                }
            }
            return version
        } catch let error as TransportError {
            throw KubernetesError(error, operation: call.operation)
        } catch let error as KubernetesError {
            throw error
        } catch {
            throw KubernetesError(.failed, operation: call.operation, message: "\(error)")
        }
    }

    /// Nil for a bookmark, which only moves the version.
    private mutating func event(_ line: [UInt8], _ call: APICall) throws(KubernetesError) -> WatchEvent? {
        guard !line.isEmpty else { return nil }
        guard let document = try? Document(json: line, limits: .cluster), let object = document["object"],
            let type = document["type"]?.string
        else {
            throw KubernetesError(.failed, operation: call.operation, message: "a line of the watch is no event")
        }
        if type == "ERROR" { throw APIStatus(event: object).error(call.operation) }
        if let version = object["metadata"]?["resourceVersion"]?.string { self.version = version }
        switch type {
        case "ADDED", "MODIFIED": return .changed(object)
        case "DELETED": return .deleted(object)
        default: return nil
        }
    }
}
