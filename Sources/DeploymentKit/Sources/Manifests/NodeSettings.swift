/// Prints the name only: values may be secrets of the user.
extension NodeSettings.Variable: CustomStringConvertible, CustomReflectable {
    public var description: String { "\(name)=<redacted>" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What an environment decides about one container.
public struct NodeSettings: Sendable, Hashable {
    /// An environment variable.
    public struct Variable: Sendable, Hashable {
        /// The variable's name.
        public var name: String
        /// The variable's value.
        public var value: String

        /// Takes over the parts as they are.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// In their order; a variable here replaces one of the same name that the plan sets.
    public var environment: [Variable]
    /// Request and limit, for instance `500m`; nil for none.
    public var cpu: String?
    /// Request and limit, for instance `2Gi`; nil for none.
    public var memory: String?
    /// The number of GPUs (`nvidia.com/gpu`); nil for none.
    public var gpu: Int?
    /// `Always`, `IfNotPresent` or `Never`; nil for the cluster's choice by the image's tag.
    public var pullPolicy: String?

    /// Takes over the parts as they are.
    public init(
        environment: [Variable] = [],
        cpu: String? = nil,
        memory: String? = nil,
        gpu: Int? = nil,
        pullPolicy: String? = nil
    ) {
        self.environment = environment
        self.cpu = cpu
        self.memory = memory
        self.gpu = gpu
        self.pullPolicy = pullPolicy
    }

    /// These settings, with what they leave open taken from others. Variables of both count; of one name, these win.
    func filled(from defaults: NodeSettings) -> NodeSettings {
        NodeSettings(
            environment: defaults.environment.replacing(with: environment),
            cpu: cpu ?? defaults.cpu,
            memory: memory ?? defaults.memory,
            gpu: gpu ?? defaults.gpu,
            pullPolicy: pullPolicy ?? defaults.pullPolicy
        )
    }
}

extension [NodeSettings.Variable] {
    /// The variables, each once: others replace those of the same name in their place, new ones go to the end.
    /// Kubernetes refuses to apply a list with a name twice.
    func replacing(with others: Self) -> Self {
        others.reduce(into: self) { result, other in
            if let position = result.firstIndex(where: { $0.name == other.name }) {
                result[position] = other
            } else {
                result.append(other)
            }
        }
    }
}
