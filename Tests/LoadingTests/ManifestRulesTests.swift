import ContractVersions
import TargetContract
import Testing

@testable import DeployerHost

/// What is said of options that count with values of others only.
@Suite struct ManifestRulesTests {
    /// An option with a condition, and what is wrong with it.
    struct Case: Sendable, CustomTestStringConvertible {
        let condition: OptionCondition
        let problem: String?

        init(_ option: String, _ values: [String], _ problem: String? = nil) {
            condition = OptionCondition(option: option, values: values)
            self.problem = problem
        }

        var testDescription: String { "\(condition.option) is \(condition.values)" }
    }

    private static func option(
        _ name: String,
        _ kind: TargetOption.Kind,
        isSecret: Bool = false,
        appliesWhen condition: OptionCondition? = nil
    ) -> TargetOption {
        TargetOption(name: name, kind: kind, label: name, help: "", isSecret: isSecret, appliesWhen: condition)
    }

    /// The sentences about a manifest with options of all kinds, then one with the condition, then another one.
    private static func sentences(_ condition: OptionCondition) -> [String] {
        let manifest = TargetManifest(
            id: "list",
            name: "List",
            summary: "",
            version: "1.0.0",
            options: [
                option("way", .choice(["short", "long"])), option("fast", .boolean), option("text", .text),
                option("file", .document), option("count", .integer(minimum: 1, maximum: 3)),
                option("size", .quantity), option("hidden", .choice(["a", "b"]), isSecret: true),
                option("subject", .text, appliesWhen: condition), option("later", .choice(["short", "long"])),
            ]
        )
        let note = ModuleNote(contract: 1, compiler: "", interface: "", id: "list", version: "1.0.0")
        return ManifestRules.problems(manifest, of: "libList.so", note: note, taken: [:]).map(\.sentence)
    }

    @Test(arguments: [
        Case("way", ["short"]),
        Case("way", ["short", "long"]),
        Case("fast", ["true"]),
        Case("other", ["short"], "names \"other\", which is no option before it"),
        Case("later", ["short"], "names \"later\", which is no option before it"),
        Case("subject", ["short"], "names \"subject\", which is no option before it"),
        Case("hidden", ["a"], "names the secret option \"hidden\""),
        Case("text", ["short"], "names \"text\", which is neither a choice nor a boolean"),
        Case("file", ["short"], "names \"file\", which is neither a choice nor a boolean"),
        Case("count", ["1"], "names \"count\", which is neither a choice nor a boolean"),
        Case("size", ["1Gi"], "names \"size\", which is neither a choice nor a boolean"),
        Case("way", [], "has no value"),
        Case("way", ["short", "round"], "has a value that \"way\" cannot have"),
        Case("fast", ["yes"], "has a value that \"fast\" cannot have"),
    ])
    func `a condition names values of a choice or a switch before it`(_ subject: Case) {
        let expected = subject.problem.map { problem in
            "the manifest of libList.so has an option \"subject\" with a condition that \(problem): correct appliesWhen"
        }
        #expect(Self.sentences(subject.condition) == [expected].compactMap(\.self))
    }
}
