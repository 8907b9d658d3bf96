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
        let rule = RetryRule(isIdempotent: call.isIdempotent)
        var attempt = 0
        while true {
            attempt += 1
            let pause: Duration
            do {
                let response = try await answer(call) { request, http in
                    let response = try await http.send(request)
                    return (response, response.status)
                }
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

    /// Sends a call with the present credentials, and once more with fresh ones where the cluster does not know them.
    /// - Parameters:
    ///   - adjust: changes the request before it is sent.
    ///   - send: sends the request, and tells the status of the answer.
    /// - Throws: `TransportError` or `KubernetesError`.
    func answer<Answer>(
        _ call: APICall,
        adjust: (inout HTTPRequest) -> Void = { _ in },
        _ send: (HTTPRequest, HTTPClient) async throws -> (answer: Answer, status: Int)
    ) async throws -> Answer {
        var request = try request(call)
        adjust(&request)
        var isSecond = false
        while true {
            let issue = await access.issue()
            request.authorization = issue.credentials.authorization
            let (answer, status) = try await send(request, issue.credentials.http)
            guard status == 401, !isSecond else {
                if status != 401 { access.accept(issue) }
                return answer
            }
            switch await access.renewed(after: issue) {
            case .done: isSecond = true
            case .impossible: return answer
            case .cancelled: throw KubernetesError(.cancelled, operation: call.operation, message: "cancelled")
            case .failed(let reason):
                let message = "the credentials are not known any more, and there are no fresh ones: \(reason)"
                throw KubernetesError(.unauthorized, operation: call.operation, status: 401, message: message)
            }
        }
    }

    /// The request of a call, without credentials.
    func request(_ call: APICall) throws(KubernetesError) -> HTTPRequest {
        do {
            var url = try server.appending(segments: call.segments).text
            if !call.query.isEmpty {
                url += "?" + call.query.map { "\($0)=\(URLParts.percentEncoded($1))" }.joined(separator: "&")
            }
            var request = HTTPRequest(url: url, method: call.method)
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
