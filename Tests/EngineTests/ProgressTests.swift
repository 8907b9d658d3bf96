import Testing

@testable import DeployerHost

@Suite struct ProgressTests {
    private static func event(
        _ id: Int,
        _ kind: String,
        _ state: String? = nil,
        node: String? = nil,
        text: String = "",
        logs: [String]? = nil
    ) -> StoredEvent {
        StoredEvent(id: id, time: Double(id), kind: kind, node: node, state: state, text: text, logs: logs)
    }

    @Test func `Phases end where the next one begins, and the last with the work`() {
        let progress = DeploymentProgress([
            Self.event(1, "state", "queued"), Self.event(2, "phase", "fetching"),
            Self.event(3, "information", text: "something"), Self.event(5, "phase", "applying"),
            Self.event(9, "state", "running"),
        ])
        #expect(progress.phases.map(\.state) == ["queued", "fetching", "applying"])
        #expect(progress.phases.map(\.started) == [1, 2, 5])
        #expect(progress.phases.map(\.ended) == [2, 5, 9])
    }

    @Test func `What goes on has no end yet`() {
        let progress = DeploymentProgress([Self.event(1, "state", "queued"), Self.event(2, "phase", "waiting")])
        #expect(progress.phases.map(\.ended) == [2, nil])
    }

    @Test func `Of several attempts the last one counts`() {
        let progress = DeploymentProgress([
            Self.event(1, "state", "queued"), Self.event(2, "warning", text: "old"),
            Self.event(3, "node-state", "failed", node: "gui"), Self.event(4, "state", "failed"),
            Self.event(5, "state", "queued"),
        ])
        #expect(progress.phases.map(\.started) == [5])
        #expect(progress.nodes.isEmpty && progress.warnings.isEmpty)
    }

    @Test func `A node keeps its last lines and its time as long as its state is the same`() {
        let progress = DeploymentProgress([
            Self.event(1, "node-state", "progressing", node: "gui", text: "pulling"),
            Self.event(2, "node-state", "failed", node: "gui", text: "crashed", logs: ["a", "b"]),
            Self.event(3, "node-state", "failed", node: "gui", text: "crashed again"),
        ])
        #expect(progress.nodes["gui"]?.logs == ["a", "b"])
        #expect(progress.nodes["gui"]?.since == 2)
        #expect(progress.nodes["gui"]?.text == "crashed again")
    }

    @Test func `Events without a node or state change no node`() {
        let progress = DeploymentProgress([
            Self.event(1, "node-state", "ready"), Self.event(2, "node-state", node: "gui"),
        ])
        #expect(progress.nodes.isEmpty)
    }
}
