internal import Passes
internal import TargetContract

/// How much of a target may be used, and for what. What is nil is not limited.
public struct TargetLimits: Sendable, Hashable {
    /// How many deployments are worked on at once; more wait.
    public var concurrent: Int?
    /// The namespaces that deployments may go to; only for targets that have places.
    public var namespaces: [NamePattern]?
    /// Where the images of nodes and orchestrator may come from.
    public var registries: [ImageRegistry]?
    /// How many nodes a solution may have.
    public var nodes: Int?

    /// Without limits.
    public init() {}

    /// What of a plan is beyond the limits.
    /// - Parameter target: the name of the target, for people.
    func excesses(of plan: SolutionPlan, target: String) -> [LimitExcess] {
        var excesses: [LimitExcess] = []
        if let nodes, plan.nodes.count > nodes {
            excesses.append(
                LimitExcess(
                    limit: "nodes",
                    what: "The solution has too many nodes for \(target)",
                    why: "it has \(plan.nodes.count) nodes, and limits.nodes of the target allows \(nodes)",
                    remedy:
                        "Deploy a smaller solution, take another target, or ask the administrator to raise the limit"
                )
            )
        }
        guard let registries else { return excesses }
        var images = plan.nodes.map { (node: $0.originalName, image: $0.image) }
        if let orchestrator = plan.orchestrator { images.append((orchestrator.name, orchestrator.image)) }
        for (node, image) in images where !registries.contains(where: { $0.holds(image) }) {
            let allowed = registries.map(\.description).joined(separator: ", ")
            let host = ImageSource(image).host
            excesses.append(
                LimitExcess(
                    limit: "registries",
                    node: node,
                    what: "The image of the node \"\(node)\" is from a registry that \(target) does not take",
                    why: "the image is \(image), from \(host), and limits.registries of the target allows \(allowed)",
                    remedy:
                        "Publish the image in one of these registries, take another target, or ask the administrator"
                        + " to allow \(host)"
                )
            )
        }
        return excesses
    }

    /// Whether a place is beyond the limits, and how.
    /// - Parameters:
    ///   - place: where a deployment goes; nil for nowhere in particular, which is no namespace that is allowed.
    ///   - target: the name of the target, for people.
    func excess(of place: DeploymentPlace?, target: String) -> LimitExcess? {
        guard let namespaces, !namespaces.contains(where: { place.map(\.namespace).map($0.matches) ?? false }) else {
            return nil
        }
        let allowed = namespaces.map(\.text).joined(separator: ", ")
        return LimitExcess(
            limit: "namespaces",
            what: place.map { "\(target) does not deploy to the namespace \($0.namespace)" }
                ?? "\(target) needs to be told a namespace",
            why: "limits.namespaces of the target allows \(allowed)",
            remedy: "Take a namespace that is allowed, take another target, or ask the administrator to allow this one"
        )
    }
}
