internal import TargetContract

/// Something that happened to a deployment, as it is kept and shown.
struct StoredEvent: Sendable, Hashable, Codable {
    /// Counts a deployment's events from 1, without gaps.
    var id: Int
    /// Seconds since 1970.
    var time: Double
    /// `state` and `failure`, which are the host's, or the kind of a target's event.
    var kind: String
    var node: String?
    var state: String?
    var text: String
    var remedy: String?
    var logs: [String]?
    var url: String?
}

extension StoredEvent {
    /// A state in which no target works: queued, or ended.
    static let stateKind = "state"
    /// Why the work ended without success.
    static let failureKind = "failure"

    /// The kinds that are told apart; others are information.
    private static let kinds: Set<String> = [
        stateKind, failureKind, "phase", "node-state", "information", "warning", "link",
    ]

    /// The states of deployments and nodes; what else a target may say there is left out.
    private static let states = Set(
        DeploymentState.allCases.map(\.rawValue) + GraphState.allCases.filter { $0 != .unknown }.map(\.rawValue))

    /// What a target reported, cut to a size that can be kept. Links lead to web pages only.
    init(id: Int, time: Double, _ event: DeploymentEvent) {
        let isPage = event.url.map { $0.hasPrefix("https://") || $0.hasPrefix("http://") } ?? false
        let kind = Self.kinds.contains(event.kind.rawValue) ? event.kind : .information
        self.init(
            id: id,
            time: time,
            kind: kind.rawValue,
            node: event.node?.prefixed(by: 253),
            state: event.state.flatMap { Self.states.contains($0) ? $0 : nil },
            text: event.text.prefixed(by: 4_096),
            remedy: event.remedy?.prefixed(by: 2_048),
            logs: event.logs?.suffix(50).map { $0.prefixed(by: 1_024) },
            url: isPage ? event.url?.prefixed(by: 2_048) : nil
        )
    }
}

extension String {
    /// The text, or as much of its beginning as fits into some bytes, with an ellipsis.
    func prefixed(by bytes: Int) -> String {
        guard utf8.count > bytes else { return self }
        return String(decoding: utf8.prefix(max(0, bytes - 3)), as: UTF8.self).replacing("\u{FFFD}", with: "") + "…"
    }
}
