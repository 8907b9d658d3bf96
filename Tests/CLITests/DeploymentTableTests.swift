import Documents
import Testing

@testable import graphene_deployer

@Suite("Deployments as text")
struct DeploymentTableTests {
    private static func deployment(_ id: String, owner: String = "User", name: String? = "Sample") -> Document {
        var solution: DocumentObject = ["solutionId": "s", "revisionId": "r"]
        solution["name"] = name.map(Document.string)
        solution["version"] = name == nil ? nil : "1.0"
        return [
            "id": .string(id), "state": "running", "target": "creodias", "solution": .object(solution),
            "owner": ["name": .string(owner)], "created": "2026-11-25T11:00:00.000Z",
        ]
    }

    /// Two minutes later.
    private static let now = 1_795_604_520.0

    @Test("has tabs and all of it for programs")
    func separated() {
        let table = DeploymentTable([Self.deployment("0123456789"), Self.deployment("1", name: nil)])
        #expect(
            table.separated == [
                "0123456789\trunning\tcreodias\ts/r\tSample\t1.0\tUser\t2026-11-25T11:00:00.000Z",
                "1\trunning\tcreodias\ts/r\t\t\tUser\t2026-11-25T11:00:00.000Z",
            ]
        )
        #expect(DeploymentTable([]).separated.isEmpty)
    }

    @Test("has columns for people")
    func aligned() {
        let table = DeploymentTable([Self.deployment("0123456789"), Self.deployment("1", name: nil)])
        #expect(
            table.aligned(at: Self.now, width: 80) == [
                "ID        STATE    TARGET    CREATED    SOLUTION",
                "01234567  running  creodias  2 min ago  Sample 1.0",
                "1         running  creodias  2 min ago  s/r",
            ]
        )
        #expect(DeploymentTable([]).aligned(at: 0, width: 80) == ["no deployments"])
    }

    @Test("names owners where there are several")
    func owners() {
        let table = DeploymentTable([Self.deployment("a", owner: "A"), Self.deployment("b", owner: "B")])
        let lines = table.aligned(at: Self.now, width: 80)
        #expect(lines[0].hasSuffix("CREATED    OWNER  SOLUTION"))
        #expect(lines[1].hasSuffix("2 min ago  A      Sample 1.0"))
    }

    @Test("shows as much of the ids as tells them apart")
    func ids() {
        let ids = ["01234567-aa", "01234567-ab", "99999999-aa"]
        let lines = DeploymentTable(ids.map { Self.deployment($0) }).aligned(at: Self.now, width: 80)
        #expect(lines.dropFirst().map { String($0.prefix(11)) } == ids)
    }

    @Test("keeps each in one line of its own")
    func control() {
        let table = DeploymentTable([Self.deployment("a\tb\nc", owner: "x\u{1B}y", name: "n\r\nm")])
        #expect(table.separated.count == 1)
        #expect(table.separated[0].filter { $0 == "\t" }.count == 7)
        #expect(table.separated[0].hasPrefix("a b c\t"))
    }

    @Test("leaves out of a report what there is none of")
    func report() {
        let lines = DeploymentReport(["id": "a", "state": "queued", "target": "t"], at: 0).separated
        #expect(lines == ["id\ta", "state\tqueued", "solution\t/", "target\tt"])
    }

    @Test("lets a report's rows of one kind share their columns")
    func columns() {
        let nodes: Document = [
            ["name": "a", "state": "ready", "text": "fine"],
            ["name": "long", "state": "failed", "text": "no", "remedy": "Do"],
        ]
        let phases: Document = [["state": "waiting", "text": "Waiting", "started": "2026-11-25T11:00:00.000Z"]]
        let lines = DeploymentReport(["id": "i", "nodes": nodes, "phases": phases], at: Self.now).aligned
        #expect(
            lines.suffix(3) == [
                "phase     waiting  2 min  Waiting", "node      a     ready   fine", "node      long  failed  no. Do.",
            ]
        )
    }
}
