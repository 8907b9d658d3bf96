import Documents
import Manifests
import Passes
import TestSupport
import Testing

struct ColocationTests {
    /// The folder labels of the pods `a` to `d`, each also the only term of its pod's affinity.
    private func labels(_ folders: [(path: String, consumers: [String])]) throws -> [String?] {
        let plan = try ClusterStyle.plan(folders: folders)
        var style = ManifestStyle(serviceType: .clusterIP, nodeServicePort: 8061)
        style.colocatesFolderConsumers = true
        let writer = ManifestWriter(plan: plan, style: style)
        return try plan.nodes.map { node in
            let document = writer.deployment(for: node).document
            #expect(document["spec"]?["selector"] == ["matchLabels": ["app": .string(node.name)]])
            guard document.podLabels.count == 2 else {
                #expect(document.podLabels == ["app"] && document.pod?["affinity"] == nil)
                return nil
            }
            let terms = document.pod?["affinity"]?["podAffinity"]?["requiredDuringSchedulingIgnoredDuringExecution"]
            let term = try #require(terms?.array?.first)
            #expect(terms?.array?.count == 1 && term["topologyKey"] == "kubernetes.io/hostname")
            // The first pod of a group must match its own term, or none would ever be scheduled.
            #expect(term["labelSelector"]?["matchLabels"]?.object?.keys == [document.podLabels[1]])
            return document.podLabels[1].split(separator: "/").last.map(String.init)
        }
    }

    @Test func `Pods that share a folder share a label, others have none`() throws {
        #expect(try labels([("/x", ["a", "c"])]) == ["folder-x", nil, "folder-x", nil])
    }

    @Test func `Folders without a common consumer are separate groups`() throws {
        let folders = [("/x", ["a", "c"]), ("/y", ["b", "d"])]
        #expect(try labels(folders) == ["folder-x", "folder-y", "folder-x", "folder-y"])
    }

    @Test func `Folders linked by a common consumer are one group`() throws {
        #expect(
            try labels([("/z", ["a", "b"]), ("/y", ["c"]), ("/x", ["b", "c"])]) == [
                "folder-x", "folder-x", "folder-x", nil,
            ])
    }

    @Test func `A label of a long claim stays within 63 characters and is always the same`() throws {
        let folder = "/" + String(repeating: "long", count: 14) + "xy"
        let label = try #require(labels([(folder, ["a"])])[0])
        #expect(label.utf8.count <= 63 && label.hasPrefix("folder-long"))
        #expect(try labels([(folder, ["a"])])[0] == label)
        #expect(try labels([(folder + "z", ["a"])])[0] != label)
    }
}
