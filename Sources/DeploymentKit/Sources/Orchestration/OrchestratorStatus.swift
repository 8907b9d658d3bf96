/// What the orchestrator says of itself. Its flag `success` is never true and is left out: code and message count.
public struct OrchestratorStatus: Sendable, Hashable {
    /// 0, or -1 after a failure.
    public var code: Int
    /// For instance `running`, or a traceback.
    public var message: String
    /// After `initialized`: how many operations the pipeline has, not how many threads live.
    public var activeThreads: Int

    public init(code: Int, message: String, activeThreads: Int = 0) {
        self.code = code
        self.message = message
        self.activeThreads = activeThreads
    }

    /// What the code and the message mean.
    @frozen
    public enum State: Sendable, Hashable {
        /// Nothing has been asked of this process yet.
        case fresh
        case initializing
        case initialized
        case running
        /// With the orchestrator's own words.
        case failed(String)
        /// A message that no known version sends.
        case unknown(String)
    }

    public var state: State {
        guard code == 0 else { return .failed(message) }
        return switch message {
        case "not initialized": .fresh
        case "initializing...": .initializing
        case "initialized": .initialized
        case "running": .running
        default: .unknown(message)
        }
    }

    /// The last line of a traceback that says something; the whole message where it is none.
    public var reason: String {
        let lines = message.split(whereSeparator: \.isNewline).map { line in
            String(line.drop(while: \.isWhitespace))
        }
        return lines.last { !$0.isEmpty } ?? message
    }
}

/// Something that happened in the orchestrator.
public struct OrchestratorEvent: Sendable, Hashable {
    /// For instance `thread.terminate`.
    public var name: String
    /// For instance `OrchestrationThreadBase[component=a,svc=B,rpc=c]`.
    public var component: String
    /// In the order of the keys.
    public var detail: [Detail]

    public struct Detail: Sendable, Hashable {
        public var key: String
        public var value: String
    }
}
