import TargetContract
import Testing

@Suite("Options with a condition")
struct OptionConditionTests {
    private static let options = [
        TargetOption(
            name: "access",
            kind: .choice(["file", "cluster"]),
            label: "Access",
            help: "How.",
            defaultValue: "file"
        ),
        TargetOption(
            name: "file",
            kind: .document,
            label: "File",
            help: "A file.",
            isRequired: true,
            isSecret: true,
            appliesWhen: OptionCondition("access", is: "file")
        ),
        TargetOption(
            name: "cluster",
            kind: .text,
            label: "Cluster",
            help: "A cluster.",
            isRequired: true,
            appliesWhen: OptionCondition("access", is: "cluster"),
            hasChoices: true
        ),
        TargetOption(
            name: "region",
            kind: .choice(["north"]),
            label: "Region",
            help: "A region.",
            defaultValue: "north",
            appliesWhen: OptionCondition("access", is: "cluster")
        ),
    ]

    @Test("are required while it holds, and not otherwise")
    func required() throws {
        let error = try #require(throws: OptionProblems.self) {
            try OptionValues(["access": "cluster"], for: Self.options)
        }
        #expect(error.problems == [.init(option: "cluster", text: "a value is required")])
        let other = try #require(throws: OptionProblems.self) { try OptionValues([:], for: Self.options) }
        #expect(other.problems == [.init(option: "file", text: "a value is required")])
    }

    @Test("have no value while it does not hold, whatever a form sends for them")
    func setAside() throws {
        let given = ["access": "cluster", "cluster": "one", "file": "old\u{0}paste"]
        let values = try OptionValues(given, for: Self.options)
        #expect(values.secret("file") == nil && values.secretNames.isEmpty)
        #expect(values.text("cluster") == "one" && values.text("region") == "north")
        let other = try OptionValues(["access": "file", "file": "x", "region": "south"], for: Self.options)
        #expect(other.text("region") == nil && other.secretNames == ["file"])
    }

    @Test(
        "tell the value of the option that decides where it is not given",
        arguments: [
            (["cluster": "one"], "cluster"), (["file": "x"], "file"),
            (["cluster": "one", "region": "north"], "cluster"),
            (["access": "", "cluster": "one"], "cluster"),
        ])
    func told(given: [String: String], access: String) throws {
        #expect(try OptionValues(given, for: Self.options).text("access") == access)
    }

    @Test("are refused where they contradict each other")
    func contradiction() throws {
        let error = try #require(throws: OptionProblems.self) {
            try OptionValues(["cluster": "one", "file": "x"], for: Self.options)
        }
        #expect(
            error.problems == [.init(option: "file", text: "does not go together with cluster; give access")]
        )
    }

    @Test("may be missing from what is given so far, but not be wrong")
    func partial() throws {
        let values = try OptionValues(partial: ["access": "cluster"], for: Self.options)
        #expect(values.text("access") == "cluster" && values.text("cluster") == nil)
        #expect(throws: OptionProblems.self) { try OptionValues(partial: ["access": "a"], for: Self.options) }
        #expect(throws: OptionProblems.self) { try OptionValues(partial: ["b": "c"], for: Self.options) }
    }
}
