/// Something that happened in an orchestrator, as `observe` tells it.
public struct OrchestratorEvent: Sendable, Hashable {
    /// What happened, for instance `thread.terminate`.
    public var name: String
    /// To what: `orchestrator`, a thread or a queue.
    public var component: String
    /// What else is told of it, by name.
    public var detail: [String: String]

    /// Takes over the parts as they are.
    public init(name: String, component: String, detail: [String: String] = [:]) {
        self.name = name
        self.component = component
        self.detail = detail
    }

    /// The operation that a thread calls.
    public struct Operation: Sendable, Hashable {
        /// The name of the container.
        public var container: String
        /// The name of the rpc.
        public var rpc: String

        /// Takes over the parts as they are.
        public init(container: String, rpc: String) {
            self.container = container
            self.rpc = rpc
        }
    }

    /// Whose thread it is about; read from `OrchestrationThreadBase[component=C,svc=S,rpc=R]`. Nil for other events.
    public var operation: Operation? {
        let prefix = "OrchestrationThreadBase["
        guard component.hasPrefix(prefix), component.hasSuffix("]") else { return nil }
        var values: [Substring: Substring] = [:]
        for field in component.dropFirst(prefix.count).dropLast().split(separator: ",") {
            let parts = field.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { values[parts[0]] = parts[1] }
        }
        guard let container = values["component"], let rpc = values["rpc"] else { return nil }
        return Operation(container: String(container), rpc: String(rpc))
    }

    /// Whether a thread has ended. It never starts again: its container was not there, or its call has failed, or its
    /// data is at its end.
    public var isThreadEnd: Bool { name == "thread.terminate" }
}
