import DeployerHost
import TargetContract

/// What a terminal shows of work that goes on: lines that stay, and below them a block that is drawn anew, with the
/// phase as its heading and a line for each node. Pure: events and the time come in.
struct ProgressBoard {
    private struct Phase {
        var text: String
        var started: Double
        /// Nil while it goes on.
        var ended: Double?
    }

    private struct Node {
        var name: String
        var state: String
        var text: String
    }

    private var phase: Phase?
    private var nodes: [Node] = []
    private var folding = EventFolding()
    /// How it ended: below the block, in full, once nothing comes any more.
    private(set) var closing: [ScreenLine] = []

    /// Takes the next event.
    /// - Parameter time: when it happened, in seconds since 1970.
    /// - Returns: what is to stand above the block from now on.
    mutating func take(_ event: DeploymentEvent, at time: Double) -> [ScreenLine] {
        let isNews = folding.isNews(event)
        switch event.kind {
        case .phase:
            let ended = endPhase(at: time)
            phase = Phase(text: EventLine.oneLine(event.text), started: time)
            return ended
        case .nodeState:
            takeNode(event)
            // The block cuts long texts; these have to be read.
            let isTrouble = event.state == "failed" || event.state == "warning"
            return isNews && isTrouble ? [EventLine(event).screenLine] : []
        case .state where event.state == "queued":
            // The deployment is done again.
            let ended = endPhase(at: time)
            (nodes, closing) = ([], [])
            return ended + [EventLine(event).screenLine]
        case .state, .failure:
            if phase?.ended == nil { phase?.ended = time }
            closing.append(EventLine(event).screenLine)
            return []
        default: return isNews ? [EventLine(event).screenLine] : []
        }
    }

    /// The block as it is now.
    /// - Parameters:
    ///   - now: in seconds since 1970.
    ///   - height: how many lines it may have; with more nodes, those that need a look are shown, and the rest counted.
    func block(at now: Double, width: Int, height: Int) -> [ScreenLine] {
        let heading = phase.map { [Self.heading($0, at: now)] } ?? []
        let room = max(height - heading.count, 1)
        let shown = nodes.count <= room ? nodes : mostImportant(room - 1)
        let column = min(nodes.map(\.name.displayWidth).max() ?? 0, max(width / 3, 8))
        let lines = shown.map { Self.line($0, column: column) }
        return (heading + lines + rest(without: shown)).map { $0.cut(to: width) }
    }

    /// The phase is over; its heading with the time it took stays.
    private mutating func endPhase(at time: Double) -> [ScreenLine] {
        defer { phase = nil }
        return phase.map { [Self.heading($0, at: time)] } ?? []
    }

    private mutating func takeNode(_ event: DeploymentEvent) {
        let text = [event.text, event.remedy ?? ""].filter { !$0.isEmpty }.joined(separator: ". ")
        let node = Node(
            name: EventLine.oneLine(event.node ?? ""),
            state: EventLine.oneLine(event.state ?? ""),
            text: EventLine.oneLine(text)
        )
        if let place = nodes.firstIndex(where: { $0.name == node.name }) {
            nodes[place] = node
        } else {
            nodes.append(node)
        }
    }

    /// As many nodes as there is room for, in their order: those in trouble first, then those that are not ready.
    private func mostImportant(_ count: Int) -> [Node] {
        let ranks = ["failed": 0, "warning": 1, "progressing": 2, "pending": 3, "ready": 4, "running": 5]
        let rank = { (place: Int) in ranks[nodes[place].state] ?? 2 }
        let places = nodes.indices.sorted { (rank($0), $0) < (rank($1), $1) }.prefix(max(count, 0))
        return places.sorted().map { nodes[$0] }
    }

    /// `… and 12 more: 10 running, 2 pending`.
    private func rest(without shown: [Node]) -> [ScreenLine] {
        guard shown.count < nodes.count else { return [] }
        let names = Set(shown.map(\.name))
        let states = nodes.filter { !names.contains($0.name) }.map(\.state)
        let counts = Dictionary(grouping: states) { $0 }.map { (state: $0.key, count: $0.value.count) }
            .sorted { ($1.count, $0.state) < ($0.count, $1.state) }
            .map { "\($0.count) \($0.state)" }
        return [ScreenLine([.init("  … and \(states.count) more: \(counts.joined(separator: ", "))")])]
    }

    private static func heading(_ phase: Phase, at time: Double) -> ScreenLine {
        let duration = DurationText.text(seconds: (phase.ended ?? time) - phase.started)
        return ScreenLine([.init(phase.text, .bold), .init("  \(duration)")])
    }

    private static func line(_ node: Node, column: Int) -> ScreenLine {
        let name = ScreenLine([.init(node.name)]).cut(to: column).plain.padded(to: column)
        let state = node.text.isEmpty ? node.state : node.state.padded(to: 11)
        return ScreenLine([
            .init("  \(name)  "), .init(state, EventLine.emphasis(of: node.state)),
            .init(node.text.isEmpty ? "" : "  \(node.text)"),
        ])
    }
}
