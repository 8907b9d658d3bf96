import Documents
import Manifests
import Passes
import TestSupport
import Testing

struct NodeSettingsTests {
    private func container(default defaults: NodeSettings, own: NodeSettings?) throws -> Document {
        let plan = try ClusterStyle.plan(folders: [("/data/shared", ["a"])])
        var style = ManifestStyle(serviceType: .clusterIP, nodeServicePort: 8061)
        style.defaultNodeSettings = defaults
        style.nodeSettings["a"] = own
        return try #require(ManifestWriter(plan: plan, style: style).deployment(for: plan.nodes[0]).document.container)
    }

    @Test(
        arguments: [
            (NodeSettings(cpu: "1"), nil, #"{"requests":{"cpu":"1"},"limits":{"cpu":"1"}}"#),
            (NodeSettings(cpu: "1"), NodeSettings(cpu: "2"), #"{"requests":{"cpu":"2"},"limits":{"cpu":"2"}}"#),
            (
                NodeSettings(memory: "1Gi"), NodeSettings(cpu: "2"),
                #"{"requests":{"cpu":"2","memory":"1Gi"},"limits":{"cpu":"2","memory":"1Gi"}}"#
            ),
            (NodeSettings(), NodeSettings(gpu: 1), #"{"limits":{"nvidia.com/gpu":1}}"#),
            (
                NodeSettings(cpu: "1"), NodeSettings(gpu: 2),
                #"{"requests":{"cpu":"1"},"limits":{"cpu":"1","nvidia.com/gpu":2}}"#
            ),
            (NodeSettings(), nil, nil),
        ] as [(NodeSettings, NodeSettings?, String?)])
    func `Resources are requests and limits alike, GPUs limits only`(
        defaults: NodeSettings,
        own: NodeSettings?,
        resources: String?
    ) throws {
        #expect(try container(default: defaults, own: own)["resources"]?.jsonText() == resources)
    }

    @Test func `Each variable is there once, and the nearest setting counts`() throws {
        let container = try container(
            default: NodeSettings(environment: [.init(name: "A", value: "1"), .init(name: "B", value: "1")]),
            own: NodeSettings(environment: [
                .init(name: "B", value: "2"), .init(name: "SHARED_FOLDER_PATH", value: "/other"),
                .init(name: "C", value: "3"), .init(name: "C", value: "4"),
            ])
        )
        #expect(
            container["env"] == [
                ["name": "SHARED_FOLDER_PATH", "value": "/other"], ["name": "A", "value": "1"],
                ["name": "B", "value": "2"], ["name": "C", "value": "4"],
            ])
    }

    @Test func `A node's pull policy replaces the usual one`() throws {
        let usual = NodeSettings(pullPolicy: "Always")
        #expect(try container(default: usual, own: nil)["imagePullPolicy"] == "Always")
        #expect(try container(default: usual, own: .init(pullPolicy: "Never"))["imagePullPolicy"] == "Never")
    }
}
