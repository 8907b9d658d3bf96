internal import Documents
internal import Transport

extension KubernetesClient {
    private static let responseLimit = 16 << 20

    /// Sends a call and reads the object of its answer.
    func document(_ call: APICall) async throws(KubernetesError) -> Document {
        let response = try await send(call)
        guard let document = try? Document(json: response.body, limits: .cluster), document.object != nil else {
            throw notKubernetes(call)
        }
        return document
    }

    /// Sends a call, again where the rule says so, and returns an answer of success.
    private func send(_ call: APICall) async throws(KubernetesError) -> HTTPResponse {
        let request = try request(call)
        let rule = RetryRule(isIdempotent: call.isIdempotent)
        var attempt = 0
        while true {
            attempt += 1
            let pause: Duration
            do {
                let response = try await http.send(request)
                if (200..<300).contains(response.status) { return response }
                guard let wait = rule.pause(after: response, attempt: attempt) else {
                    throw APIStatus(response).error(call.operation)
                }
                pause = wait
            } catch let error as TransportError {
                guard let wait = rule.pause(after: error, attempt: attempt) else {
                    throw KubernetesError(error, operation: call.operation)
                }
                pause = wait
            } catch let error as KubernetesError {
                throw error
            } catch {
                throw KubernetesError(.failed, operation: call.operation, message: "\(error)")
            }
            do {
                try await Task.sleep(for: pause)
            } catch {
                throw KubernetesError(.cancelled, operation: call.operation, message: "cancelled")
            }
        }
    }

    /// The request of a call.
    func request(_ call: APICall) throws(KubernetesError) -> HTTPRequest {
        do {
            var url = try server.appending(segments: call.segments).text
            if !call.query.isEmpty {
                url += "?" + call.query.map { "\($0)=\(URLParts.percentEncoded($1))" }.joined(separator: "&")
            }
            var request = HTTPRequest(url: url, method: call.method, authorization: authorization)
            request.headers["Accept"] = "application/json"
            request.responseLimit = Self.responseLimit
            switch call.body {
            case .document(let document): request.body = document.json()
            case .secret(let bytes): request.secretBody = bytes
            case nil: break
            }
            if call.body != nil { request.headers["Content-Type"] = call.contentType }
            return request
        } catch {
            throw KubernetesError(error, operation: call.operation)
        }
    }

    func notKubernetes(_ call: APICall) -> KubernetesError {
        KubernetesError(.notKubernetes, operation: call.operation, message: "the answer is none of the Kubernetes API")
    }
}
