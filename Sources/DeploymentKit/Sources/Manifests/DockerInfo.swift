public import Documents
public import Passes

/// dockerinfo.json: where the orchestrator finds each container of a blueprint.
@frozen
public enum DockerInfo {
    /// One entry per node under its name in the blueprint, the orchestrator last.
    /// - Parameter nodeServicePort: the port of the nodes' Services.
    public static func document(for plan: SolutionPlan, nodeServicePort: Int) -> Document {
        var entries = plan.nodes.map { entry($0.name, port: nodeServicePort) }
        if let orchestrator = plan.orchestrator { entries.append(entry(orchestrator.name, port: ContainerPort.api)) }
        return ["docker_info_list": .array(entries)]
    }

    private static func entry(_ name: String, port: Int) -> Document {
        ["container_name": .string(name), "ip_address": .string(name), "port": .number(NumberLiteral(port))]
    }
}
