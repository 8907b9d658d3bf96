internal import Documents
internal import Logging
internal import Transport

/// Makes calls of the Common Data Service: some more than once, and none for longer than the service's deadlines and
/// these pauses together. What fails is one warning.
struct PlatformCalls: Sendable {
    let service: PlatformService
    /// Before each further try of a call that may go well later.
    var pauses: [Duration] = [.seconds(1), .seconds(5)]
    let logger: Logger

    /// The longest answer that is read; the service answers with what it was sent.
    private static let answerLimit = 64 << 10

    /// Makes a call.
    /// - Returns: the id in the answer; nil where none is wanted, and for a call that failed.
    /// - Throws: `ReportObstacle` if another call would fare no better.
    func make(_ call: PlatformCall, for deployment: String) async throws(ReportObstacle) -> PlatformID? {
        var pauses = pauses[...]
        while true {
            guard !Task.isCancelled else { throw .cancelled }
            let failure: CallFailure
            do throws(CallFailure) {
                return try await outcome(of: call)
            } catch {
                failure = error
            }
            guard !Task.isCancelled else { throw .cancelled }
            if failure.mayPass, let pause = pauses.popFirst() {
                try? await Task.sleep(for: pause)
                continue
            }
            warn(failure, call, deployment)
            if failure.concernsAll { throw .unusable }
            return nil
        }
    }

    private func outcome(of call: PlatformCall) async throws(CallFailure) -> PlatformID? {
        let response: HTTPResponse
        do {
            response = try await service.write(call.method.rawValue, call.path, call.body, limit: Self.answerLimit)
        } catch {
            throw CallFailure(error)
        }
        guard (200..<300).contains(response.status) else { throw CallFailure(status: response.status) }
        guard !looksLikeHTML(response.body) else {
            throw CallFailure(status: response.status, reason: "the answer is a web page")
        }
        guard let member = call.idMember else { return nil }
        let answer = try? Document(json: response.body, limits: .catalogue)
        guard let id = PlatformID(answer?[member]) else {
            throw CallFailure(status: response.status, reason: "the answer has no usable \(member)")
        }
        return id
    }

    private func warn(_ failure: CallFailure, _ call: PlatformCall, _ deployment: String) {
        var metadata: Logger.Metadata = [
            "deployment": "\(deployment)", "call": "\(call.method.rawValue) \(call.name)",
            "status": "\(failure.status)",
        ]
        if let reason = failure.reason { metadata["reason"] = "\(reason)" }
        logger.warning("a report to the platform failed", metadata: metadata)
    }
}
