internal import Transport

extension KubernetesClient {
    /// Reads what a container printed.
    /// - Parameters:
    ///   - previous: of the run before the last restart.
    ///   - tail: only the last lines.
    ///   - follow: goes on until the container ends or the task is cancelled.
    ///   - line: takes each line, at most 64 KiB long; bytes that are no UTF-8 are replaced.
    public func logs(
        ofPod pod: String,
        container: String,
        namespace: String,
        previous: Bool = false,
        tail: Int? = nil,
        follow: Bool = false,
        line: (String) -> Void
    ) async throws(KubernetesError) {
        var call = APICall("GET", .pod, namespace: namespace, name: pod, operation: "read the log of pod \(pod)")
        call.subresource = "log"
        call.query = [("container", container)]
        if previous { call.query.append(("previous", "true")) }
        if let tail { call.query.append(("tailLines", "\(tail)")) }
        if follow { call.query.append(("follow", "true")) }
        var splitter = LineSplitter(limit: 64 << 10)
        try await stream(call, deadline: follow ? nil : .seconds(30)) { bytes in
            for bytes in splitter.take(bytes) { line(String(decoding: bytes, as: UTF8.self)) }
        }
        if let rest = splitter.finish() { line(String(decoding: rest, as: UTF8.self)) }
    }

    /// Sends a call and hands over its body as it comes.
    func stream(
        _ call: APICall,
        deadline: Duration?,
        idle: Duration? = nil,
        take: ([UInt8]) throws(KubernetesError) -> Void
    ) async throws(KubernetesError) {
        do {
            let stream = try await answer(call) { request in
                request.headers["Accept"] = "*/*"
                request.deadlines.total = deadline
                request.deadlines.idle = idle
            } _: { request, http in
                let stream = try await http.stream(request)
                return (stream, stream.status)
            }
            guard (200..<300).contains(stream.status) else {
                var body: [UInt8] = []
                while let bytes = try await stream.next() { body += bytes }
                var error = APIStatus(status: stream.status, body: body).error(call.operation)
                error.retryAfter = RetryRule.asked(by: stream.headers)
                throw error
            }
            while let bytes = try await stream.next() { try take(bytes) }
        } catch let error as TransportError {
            throw KubernetesError(error, operation: call.operation)
        } catch let error as KubernetesError {
            throw error
        } catch {
            throw KubernetesError(.failed, operation: call.operation, message: "\(error)")
        }
    }
}
