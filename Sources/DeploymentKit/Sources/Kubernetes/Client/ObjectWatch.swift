public import Documents

/// What a watch tells.
@frozen
public enum WatchEvent: Sendable, Hashable {
    /// All objects as they are now: at the beginning, and whenever the history was lost.
    case reset([Document])
    /// An object is new or has changed.
    case changed(Document)
    case deleted(Document)
    /// The connection broke; it is being made again. Holds the reason.
    case interrupted(String)
}

extension KubernetesClient {
    /// Follows the objects of a kind until the task is cancelled: a list, then every change in its order. After a lost
    /// connection it resumes where it was; where the server has forgotten that place (410), it lists again.
    /// - Throws: what will not heal by itself, such as `unauthorized` and `forbidden`.
    public func watch(
        _ kind: ObjectKind,
        namespace: String,
        labels: String? = nil,
        take: @Sendable (WatchEvent) async -> Void
    ) async throws(KubernetesError) {
        var version: String?
        var failures = 0
        while true {
            do {
                if version == nil {
                    let list = try await list(kind, namespace: namespace, labels: labels)
                    await take(.reset(list.items))
                    version = list.version
                }
                version = try await resume(kind, namespace: namespace, labels: labels, from: version ?? "", take: take)
                failures = 0
            } catch {
                guard let pause = Self.pause(after: error, failures: failures) else { throw error }
                if error.code == .gone {
                    version = nil
                } else {
                    failures += 1
                    await take(.interrupted(error.message))
                }
                do {
                    try await Task.sleep(for: pause)
                } catch {
                    throw KubernetesError(.cancelled, operation: "watch \(kind.resource)", message: "cancelled")
                }
            }
        }
    }

    /// Nil for what will not heal by itself.
    private static func pause(after error: KubernetesError, failures: Int) -> Duration? {
        switch error.code {
        case .gone: .zero
        case .unreachable, .failed, .tooManyRequests:
            error.retryAfter ?? min(.milliseconds(100 << min(failures, 6)), .seconds(5))
        default: nil
        }
    }

    /// One connection of a watch; returns the version to go on from when the server ends it.
    private func resume(
        _ kind: ObjectKind,
        namespace: String,
        labels: String?,
        from version: String,
        take: @Sendable (WatchEvent) async -> Void
    ) async throws(KubernetesError) -> String {
        var call = APICall("GET", kind, namespace: namespace, operation: "watch \(kind.resource)")
        call.query = [
            ("watch", "true"), ("resourceVersion", version), ("allowWatchBookmarks", "true"), ("timeoutSeconds", "300"),
        ]
        if let labels { call.query.append(("labelSelector", labels)) }
        let reader = WatchReader(version: version)
        return try await reader.read(call, of: self, take: take)
    }
}
