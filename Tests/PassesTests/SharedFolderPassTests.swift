import Documents
import Passes
import TestSupport
import Testing

@Suite("The shared folder pass")
struct SharedFolderPassTests {
    typealias Fixture = PipelineFixture

    @Test("turns the node into a volume and takes mountVolume and its edges out of the blueprint")
    func oneFolder() throws {
        let plan = try Fixture.pipeline([
            Fixture.sharedFolder("/data/shared", to: ["Trainer1", "tensorboard1"]),
            Fixture.node("trainer1", operations: [Fixture.mountVolume(), Fixture.operation("train")]),
            Fixture.node("tensorboard1", operations: [Fixture.mountVolume()]),
            Fixture.node("bystander1"),
        ]).planned()
        #expect(
            plan.sharedFolders == [
                PlannedFolder(
                    claimName: "data-shared", path: "/data/shared", originalName: "/data/shared",
                    consumers: ["trainer1", "tensorboard1"])
            ])
        let nodes = try plan.blueprintNodes()
        #expect(nodes.map(\.containerName) == ["trainer1", "tensorboard1", "bystander1"])
        #expect(nodes.map { $0.operations.map(\.name) } == [["train"], [], []])
        #expect(plan.orchestrator?.operationCount == 1)
    }

    @Test("finds the node in any spelling of its type", arguments: ["SharedFolder", "sharedfolder", "SHAREDFOLDER"])
    func spelling(type: String) throws {
        var folder = try #require(Fixture.sharedFolder("/data", to: ["a"]).object)
        folder["node_type"] = .string(type)
        let plan = try Fixture.pipeline([.object(folder), Fixture.node("a", operations: [Fixture.mountVolume()])])
            .planned()
        #expect(plan.nodes.map(\.name) == ["a"])
        #expect(plan.sharedFolders.count == 1)
    }

    @Test("claims one volume per folder, and says so where a node mounts several")
    func twoFolders() throws {
        let plan = try Fixture.pipeline([
            Fixture.sharedFolder("/data/a", to: ["x", "y"]),
            Fixture.sharedFolder("/data/b", to: ["y"]),
            Fixture.node("x", operations: [Fixture.mountVolume()]),
            Fixture.node("y", operations: [Fixture.mountVolume()]),
        ]).planned()
        #expect(plan.sharedFolders.map(\.claimName) == ["data-a", "data-b"])
        #expect(plan.sharedFolders.map(\.consumers) == [["x", "y"], ["y"]])
        #expect(plan.notes.map(\.node) == ["y"])
    }

    @Test("considers every operation of a folder")
    func laterOperation() throws {
        var folder = try #require(Fixture.sharedFolder("/data", to: ["a"]).object)
        let operations = try #require(folder["operation_signature_list"]?.array)
        folder["operation_signature_list"] = .array(
            operations + [Fixture.operation("provideMore", to: [Fixture.edge("b", "mountVolume")])])
        let plan = try Fixture.pipeline([
            .object(folder), Fixture.node("a", operations: [Fixture.mountVolume()]),
            Fixture.node("b", operations: [Fixture.mountVolume()]),
        ]).planned()
        #expect(plan.sharedFolders.map(\.consumers) == [["a", "b"]])
    }

    @Test("leaves out a folder that nothing is linked to, with a warning")
    func unconnected() throws {
        for folder in [Fixture.sharedFolder("/data", to: []), Fixture.node("/data", type: "SharedFolder", image: "")] {
            let plan = try Fixture.pipeline([folder, Fixture.node("a")]).planned()
            #expect(plan.sharedFolders.isEmpty)
            #expect(plan.notes.map(\.kind) == [.warning])
            #expect(plan.nodes.map(\.name) == ["a"])
        }
    }

    @Test("leaves out a folder that is linked to a router only, which mounts nothing")
    func linkedToRouter() throws {
        let router = Fixture.node("router", type: "Splitter", image: "", extra: ["proto_uri": ""])
        let plan = try Fixture.pipeline([Fixture.sharedFolder("/data", to: ["router"]), router, Fixture.node("a")])
            .planned()
        #expect(plan.sharedFolders.isEmpty)
        #expect(plan.notes.contains { $0.kind == .warning && $0.node == "/data" })
        #expect(try plan.blueprintNodes().map(\.containerName) == ["a"])
    }

    @Test(
        "mounts a folder whose name is no usable path at /data/shared and says so",
        arguments: [
            "sharedfolderprovider1", "relative/path", "/", "/etc/passwd", "/data/../etc", "/da ta", "/a:b",
            "/usr/share", "/proc", "/var/run/secrets",
        ])
    func unusablePath(name: String) throws {
        let plan = try Fixture.pipeline([
            Fixture.sharedFolder(name, to: ["a"]), Fixture.node("a", operations: [Fixture.mountVolume()]),
        ]).planned()
        #expect(plan.sharedFolders.map(\.path) == ["/data/shared"])
        #expect(plan.notes.map(\.kind) == [.warning])
        #expect(plan.notes[0].text.contains("/data/shared"))
    }

    @Test("gives several unnamed folders paths of their own")
    func severalUnnamed() throws {
        let plan = try Fixture.pipeline([
            Fixture.sharedFolder("sharedfolderprovider1", to: ["a"]),
            Fixture.sharedFolder("sharedfolderprovider2", to: ["a"]),
            Fixture.node("a", operations: [Fixture.mountVolume()]),
        ]).planned()
        #expect(plan.sharedFolders.map(\.path) == ["/data/shared", "/data/shared-2"])
        #expect(Set(plan.sharedFolders.map(\.claimName)).count == 2)
    }

    @Test("never mounts two folders at one path")
    func distinctPaths() throws {
        let plan = try Fixture.pipeline([
            Fixture.sharedFolder("unnamed", to: ["a"]), Fixture.sharedFolder("/data//shared/", to: ["a"]),
            Fixture.node("a", operations: [Fixture.mountVolume()]),
        ]).planned()
        #expect(plan.sharedFolders.map(\.path) == ["/data/shared-2", "/data/shared"])
        let refusal = try #require(throws: Refusal.self) {
            try Fixture.pipeline([
                Fixture.sharedFolder("/d", to: ["a"]), Fixture.sharedFolder("/d/", to: ["a"]),
                Fixture.node("a", operations: [Fixture.mountVolume()]),
            ]).planned()
        }
        #expect(refusal.problem == #"The shared folders "/d" and "/d/" have one mount path"#)
    }

    @Test("takes input ports of the folder and of mountVolume out, and no others")
    func inputPorts() throws {
        let port = { (container: String, operation: String) -> Document in
            ["container_name": .string(container), "operation_signature": ["operation_name": .string(operation)]]
        }
        let plan = try Fixture.pipeline(
            [
                Fixture.sharedFolder("/data", to: ["a"]),
                Fixture.node("a", operations: [Fixture.mountVolume(), Fixture.operation("run")]),
            ],
            extra: [
                "input_ports": .array([port("A", "mountVolume"), port("a", "run"), port("/data", "provideFolder")])
            ]
        ).planned()
        let blueprint = try Document(json: #require(plan.blueprint))
        #expect(blueprint["input_ports"] == .array([port("a", "run")]))
    }

    @Test("refuses folders whose names differ in case only")
    func casedFolders() throws {
        let refusal = try #require(throws: Refusal.self) {
            try Fixture.pipeline([
                Fixture.sharedFolder("/Data", to: ["a"]), Fixture.sharedFolder("/data", to: ["a"]), Fixture.node("a"),
            ]).planned()
        }
        #expect(refusal.problem.contains("differ in case only"))
    }

    @Test("keeps a mountVolume of its own where there is no folder")
    func ownOperation() throws {
        let plan = try Fixture.pipeline([Fixture.node("a", operations: [Fixture.operation("mountVolume")])]).planned()
        #expect(try plan.blueprintNodes()[0].operations.map(\.name) == ["mountVolume"])
    }
}
