import Blueprints
import Documents
import Manifests
import Passes
import TestSupport

/// A style as a live cluster wants it, with every choice made.
enum ClusterStyle {
    static var everything: ManifestStyle {
        var style = ManifestStyle(serviceType: .nodePort, nodeServicePort: 8061, pullSecret: "registry-login")
        style.namespace = "team-1"
        style.annotations = [.init(name: "graphene-deployer/digest", value: "abc")]
        style.readinessProbe = .init()
        style.colocatesFolderConsumers = true
        style.webServiceType = .loadBalancer
        style.defaultNodeSettings = NodeSettings(cpu: "500m", pullPolicy: "IfNotPresent")
        return style
    }

    /// Nodes that share folders, in the order `a`, `b`, `c`, `d`.
    static func plan(folders: [(path: String, consumers: [String])]) throws -> SolutionPlan {
        try PipelineFixture.pipeline(
            folders.map { PipelineFixture.sharedFolder($0.path, to: $0.consumers) }
                + ["a", "b", "c", "d"].map {
                    PipelineFixture.node($0, operations: [PipelineFixture.mountVolume()])
                }
        ).planned()
    }
}

extension Document {
    /// The pod of a Deployment.
    var pod: Document? { self["spec"]?["template"]?["spec"] }
    /// The first container of a Deployment.
    var container: Document? { pod?["containers"]?.array?.first }
    /// The labels of a Deployment's pods.
    var podLabels: [String] { self["spec"]?["template"]?["metadata"]?["labels"]?.object?.keys ?? [] }
}
