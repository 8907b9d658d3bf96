import Documents
import Kubernetes
import Passes
import TargetContract
import TestSupport

@testable import Creodias

/// Objects of a namespace as the API server answers them, and deployments that meet them.
enum Cluster {
    static let solution = "solution-1"

    /// An object with an owner.
    static func object(
        _ kind: ObjectKind,
        _ name: String,
        solution: String? = Cluster.solution,
        spec: Document = [:],
        status: Document? = nil,
        annotations: Document? = nil
    ) -> Document {
        var metadata: DocumentObject = ["name": .string(name), "uid": .string("uid-of-\(name)")]
        if let solution {
            metadata["labels"] = [
                "app.kubernetes.io/managed-by": "graphene-deployer", "graphene-deployer/solution-id": .string(solution),
            ]
        }
        metadata["annotations"] = annotations
        var object: DocumentObject = [
            "apiVersion": .string(kind.apiVersion), "kind": .string(kind.kind), "metadata": .object(metadata),
            "spec": spec,
        ]
        object["status"] = status
        return .object(object)
    }

    static func service(
        _ name: String,
        app: String,
        type: Document,
        ports: [(number: Int, nodePort: Int?)] = [(8062, nil)],
        address: String? = nil,
        annotations: Document? = nil
    ) -> Document {
        let ports = ports.map { port -> Document in
            var object: DocumentObject = ["port": .number(NumberLiteral(port.number))]
            object["nodePort"] = port.nodePort.map { .number(NumberLiteral($0)) }
            return .object(object)
        }
        return object(
            .service,
            name,
            spec: ["type": type, "selector": ["app": .string(app)], "ports": .array(ports)],
            status: address.map { ["loadBalancer": ["ingress": [["ip": .string($0)]]]] },
            annotations: annotations
        )
    }

    static func node(
        _ name: String,
        addresses: [(type: String, address: String)] = [],
        labels: DocumentObject = [:],
        isReady: Bool = true,
        isCordoned: Bool = false
    ) -> Document {
        [
            "metadata": ["name": .string(name), "labels": .object(labels)],
            "spec": ["unschedulable": .bool(isCordoned)],
            "status": [
                "conditions": [["type": "Ready", "status": .string(isReady ? "True" : "False")]],
                "addresses": .array(
                    addresses.map { ["type": .string($0.type), "address": .string($0.address)] }
                ),
            ],
        ]
    }

    /// The values of options, with a namespace.
    static func request(_ options: [String: String] = [:]) throws -> DeploymentRequest {
        let given = ["kubeconfig": "unread", "namespace": "demo"].merging(options) { $1 }
        let values = try OptionValues(given, for: CreodiasTarget.manifest.options)
        let settings = try CreodiasSettings(TargetSettings(), TargetServices { _, _ in })
        return try DeploymentRequest(values, settings: settings)
    }

    /// What a deployment of the nodes `a` and `b` wants to be there.
    static func objects(
        of plan: SolutionPlan,
        _ options: [String: String] = [:],
        exposed: Set<String> = []
    ) throws -> [DesiredObject] {
        let storage = StorageChoice(access: "automatic", storageClass: nil, classes: [])
        let request = try request(options)
        let objects = SolutionObjects(
            plan: plan, request: request, storage: storage, usesPullSecret: request.registry != nil)
        return try objects.make(exposed: exposed)
    }

    static func pipeline() throws -> SolutionPlan {
        try PipelineFixture.pipeline([PipelineFixture.node("a"), PipelineFixture.node("b")]).planned()
    }
}
