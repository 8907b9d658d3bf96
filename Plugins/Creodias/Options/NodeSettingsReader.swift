internal import Documents
internal import Kubernetes
internal import Manifests
internal import Secrets
internal import TargetContract

/// Reads the option node-settings.
///
/// ```yaml
/// classifier:
///   env: {THRESHOLD: "0.5"}
///   cpu: 500m
///   memory: 2Gi
///   gpu: 1
///   pullPolicy: Always
/// "*": {memory: 1Gi}
/// ```
enum NodeSettingsReader {
    static func read(_ text: SecretBytes) throws(TargetError) -> [String: NodeSettings] {
        let document: Document
        do {
            document = try YAMLText(yaml: text.withBytes { Array($0) }).value
        } catch {
            // The reason may quote what is secret.
            throw refusal("it is not acceptable YAML" + (error.position.map { " at \($0)" } ?? ""))
        }
        guard let nodes = document.object else { throw refusal("it is \(document.kindName), not an object") }
        var result: [String: NodeSettings] = [:]
        for node in nodes.members {
            guard let entry = node.value.object else { throw refusal("\(node.key) is \(node.value.kindName)") }
            result[node.key] = try settings(entry, of: node.key)
        }
        return result
    }

    private static func settings(_ entry: DocumentObject, of node: String) throws(TargetError) -> NodeSettings {
        var settings = NodeSettings()
        for member in entry.members {
            switch member.key {
            case "env": settings.environment = try environment(member.value, of: node)
            case "cpu": settings.cpu = try amount(member.value, "\(node).cpu")
            case "memory": settings.memory = try amount(member.value, "\(node).memory")
            case "gpu":
                guard let count = member.value.integer, (1...64).contains(count) else {
                    throw refusal("\(node).gpu is no number from 1 to 64")
                }
                settings.gpu = count
            case "pullPolicy":
                guard let policy = member.value.string, ["Always", "IfNotPresent", "Never"].contains(policy) else {
                    throw refusal("\(node).pullPolicy is none of Always, IfNotPresent, Never")
                }
                settings.pullPolicy = policy
            default: throw refusal("\(node).\(member.key) is unknown; there are env, cpu, memory, gpu, pullPolicy")
            }
        }
        return settings
    }

    private static func environment(_ value: Document, of node: String) throws(TargetError) -> [NodeSettings.Variable] {
        guard let object = value.object else { throw refusal("\(node).env is \(value.kindName), not an object") }
        var variables: [NodeSettings.Variable] = []
        for member in object.members {
            guard isVariableName(member.key) else { throw refusal("\(node).env has a name that is no variable's") }
            let text: String
            switch member.value {
            case .string(let value): text = value
            case .number(let value): text = value.text
            case .bool(let value): text = value ? "true" : "false"
            default: throw refusal("\(node).env.\(member.key) is \(member.value.kindName), not a text")
            }
            variables.append(NodeSettings.Variable(name: member.key, value: text))
        }
        return variables
    }

    private static func amount(_ value: Document, _ field: String) throws(TargetError) -> String {
        let text = value.string ?? { if case .number(let number) = value { number.text } else { "" } }()
        guard let quantity = Quantity(text), quantity.thousandths > 0 else {
            throw refusal("\(field) is no amount such as 500m or 2Gi")
        }
        return text
    }

    /// As Kubernetes accepts them, without the dashes and dots that shells do not know.
    private static func isVariableName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return name.utf8.count <= 250
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
    }

    private static func refusal(_ why: String) -> TargetError {
        TargetError(
            .invalidOption,
            what: "The option node-settings cannot be used",
            why: why,
            remedy: "Write for instance classifier: {memory: 2Gi, env: {LEVEL: debug}}"
        )
    }
}
