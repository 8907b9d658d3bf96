import Documents
import Kubernetes
import Testing

struct ObjectComparisonTests {
    private static func deployment(_ container: DocumentObject, labels: DocumentObject = ["app": "a"]) -> Document {
        [
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": ["name": "a", "labels": .object(labels)],
            "spec": ["template": ["spec": ["containers": [.object(container)]]]],
        ]
    }

    private static let image: DocumentObject = ["name": "a", "image": "i:1"]

    /// The paths of the changes.
    private func paths(_ live: Document, _ desired: Document) -> [String] {
        ObjectComparison(live: live, desired: desired).changes.map { "\($0.path)" }
    }

    @Test func `What the server has added is no change`() {
        var live = Self.image
        live["terminationMessagePath"] = "/dev/termination-log"
        live["resources"] = [:]
        let object = Self.deployment(live, labels: ["app": "a", "team": "x"])
        #expect(paths(object, Self.deployment(Self.image)).isEmpty)
    }

    @Test func `A changed field is told with its values before and after`() throws {
        let change = try #require(
            ObjectComparison(
                live: Self.deployment(Self.image),
                desired: Self.deployment(["name": "a", "image": "i:2"])
            ).changes.first)
        #expect("\(change.path)" == "spec.template.spec.containers[0].image")
        #expect(change.before == "i:1" && change.after == "i:2")
    }

    @Test func `Elements of lists are found by their keys, not by their places`() {
        func container(_ ports: [Document]) -> Document {
            Self.deployment(["name": "a", "image": "i:1", "ports": .array(ports)])
        }
        let first: Document = ["containerPort": 8061, "protocol": "TCP"]
        let second: Document = ["containerPort": 8062, "protocol": "TCP"]
        #expect(paths(container([second, first]), container([first, second])).isEmpty)
        #expect(paths(container([first]), container([first, second])) == ["spec.template.spec.containers[0].ports[1]"])
    }

    @Test(
        arguments: [
            ("500m", "0.5", true), ("1", "1000m", true), ("1Gi", "1024Mi", true), ("1G", "1Gi", false),
            ("2", "2.5", false),
        ] as [(String, String, Bool)]
    )
    func `Amounts are equal by what they mean`(live: String, desired: String, areEqual: Bool) {
        func container(_ amount: String) -> Document {
            Self.deployment(["name": "a", "image": "i:1", "resources": ["limits": ["cpu": .string(amount)]]])
        }
        #expect(paths(container(live), container(desired)).isEmpty == areEqual)
    }

    @Test func `A field that we have set and no longer want is a change, one of others is not`() throws {
        let fields: Document = [
            "f:metadata": ["f:labels": ["f:app": [:], "f:old": [:]]],
            "f:spec": [
                "f:template": [
                    "f:spec": [
                        "f:containers": [#"k:{"name":"a"}"#: [".": [:], "f:image": [:], "f:imagePullPolicy": [:]]]
                    ]
                ]
            ],
        ]
        var live = try #require(
            Self.deployment(
                ["name": "a", "image": "i:1", "imagePullPolicy": "Always", "tty": true],
                labels: ["app": "a", "old": "x", "theirs": "y"]
            ).object)
        var metadata = try #require(live["metadata"]?.object)
        metadata["managedFields"] = [
            ["manager": "graphene-deployer", "operation": "Apply", "fieldsV1": fields],
            ["manager": "kubectl", "operation": "Apply", "fieldsV1": ["f:metadata": ["f:labels": ["f:theirs": [:]]]]],
        ]
        live["metadata"] = .object(metadata)
        #expect(
            paths(.object(live), Self.deployment(Self.image)) == [
                "metadata.labels.old", "spec.template.spec.containers[0].imagePullPolicy",
            ])
    }
}
