import Documents
import Passes
import TestSupport
import Testing

@Suite("The interface pass")
struct InterfacePassTests {
    typealias Fixture = PipelineFixture

    @Test(
        "warns of protobuf files that the orchestrator would refuse",
        arguments: [
            ("message A {}\nservice S {}\n", "lacks the line syntax"),
            ("syntax = \"proto2\";\nservice S {}\n", "lacks the line syntax"),
            ("syntax = \"proto3\";\npackage x;\nservice S {}\n", "has a package"),
            ("syntax = \"proto3\";\nimport \"google/protobuf/empty.proto\";\nservice S {}\n", "has an import"),
            ("syntax = \"proto3\";\nenum E { A = 0; }\nservice S {}\n", "has an enum"),
            ("syntax = \"proto3\";\nmessage A { optional int32 x = 1; }\nservice S {}\n", "has an optional field"),
            ("syntax = \"proto3\";\nmessage A {}\n", "declares 0 services"),
            ("syntax = \"proto3\";\nservice S {}\nservice T {}\n", "declares 2 services"),
        ])
    func protoProblems(text: String, problem: String) throws {
        let plan = try Fixture.pipeline([Fixture.node("a")], protos: ["protos/a.proto": text]).planned()
        #expect(plan.notes.count == 1)
        #expect(plan.notes[0].kind == .warning)
        #expect(plan.notes[0].text.contains(problem))
        #expect(plan.notes[0].node == "a")
    }

    @Test(
        "has nothing to say of files it accepts",
        arguments: [
            "syntax = \"proto3\";\n// package x;\n/* import */ message A { enum E { X = 0; } map<string, int32> m = 1; oneof o { string s = 2; } }\nservice S { rpc r(A) returns (A) {} }\n",
            "syntax='proto3';service S{rpc r(A)returns(A);}message A{string package = 1; string optional = 2;}",
        ])
    func acceptable(text: String) throws {
        #expect(try Fixture.pipeline([Fixture.node("a")], protos: ["protos/a.proto": text]).planned().notes.isEmpty)
    }

    @Test("says each thing once per file, however often it occurs")
    func repetition() throws {
        let text = "syntax = \"proto3\";\n" + String(repeating: "import;\n", count: 20_000) + "service S {}\n"
        #expect(try Fixture.pipeline([Fixture.node("a")], protos: ["protos/a.proto": text]).planned().notes.count == 1)
    }

    @Test("names both nodes whose files cannot be merged, and minds no comments and blanks")
    func merge() throws {
        let one = "syntax = \"proto3\";\nmessage In { string a = 1; }\nservice S { rpc r(In) returns (In); }\n"
        let same =
            "syntax = \"proto3\";\nmessage In {\n  // the text\n  string a = 1;\n}\nservice T { rpc q(In) returns (In); }\n"
        let other = "syntax = \"proto3\";\nmessage In { int32 a = 1; }\nservice U { rpc r(In) returns (In); }\n"
        let plan = try Fixture.pipeline(
            [Fixture.node("a"), Fixture.node("b"), Fixture.node("c")],
            protos: ["protos/a.proto": one, "protos/b.proto": same, "protos/c.proto": other]
        ).planned()
        #expect(plan.notes.map(\.node) == ["c"])
        #expect(plan.notes[0].text.contains("message In"))
        #expect(plan.notes[0].text.contains("\"a\""))
    }

    @Test("warns of links the orchestrator would drop or refuse, and of calls it cannot make")
    func links() throws {
        let plan = try Fixture.pipeline([
            Fixture.node(
                "a",
                operations: [
                    Fixture.operation(
                        "run", output: "In", to: [Fixture.edge("b", "missing"), Fixture.edge("b", "start")]),
                    Fixture.operation("both", streams: (true, true)),
                    Fixture.operation("nothing", input: "Empty", streams: (true, false)),
                ]),
            Fixture.node("b", operations: [Fixture.operation("start", input: "Empty")]),
        ]).planned()
        let texts = plan.notes.filter { $0.kind == .warning }.map(\.text)
        #expect(texts.contains { $0.contains("b.missing") && $0.contains("drops this link") })
        #expect(texts.contains { $0.contains("b.start") && $0.contains("takes Empty") })
        #expect(texts.contains { $0.contains("nothing takes a stream of Empty") })
        #expect(texts.contains { $0.contains("both streams both ways") })
    }
}
