import Foundation
import TargetChecks
import TargetContract
import Testing

@Suite("Conformance")
struct ConformanceTests {
    private static func input() -> ConformanceInput {
        var input = ConformanceInput()
        input.secrets = ["hunter2-of-the-administrator"]
        input.deadlines.cancellation = .milliseconds(400)
        return input
    }

    @Test("a target that keeps the contract passes, in one line")
    func wellBehaved() async {
        let report = await Conformance.run(WellBehavedTarget.self)
        #expect(report.isPassed, "\(report)")
        #expect("\(report)".contains("example 1.0.0 conforms: "))
        #expect(report.checks.first { $0.name == "secrets" }?.verdict == .passed)
        #expect(report.checks.first { $0.name == "refusal" }?.verdict == .notApplicable)
    }

    @Test("each check catches its fault, and says what to do", arguments: Fault.all)
    func faults(fault: Fault) async throws {
        let report = await Conformance.run(fault.type, with: Self.input())
        let failed = report.checks.filter { $0.verdict == .failed }
        #expect(!report.isPassed)
        #expect(failed.map(\.name).contains(fault.check), "\(report)")
        #expect(Set(failed.map(\.name)).subtracting(fault.others) == [fault.check], "\(report)")
        let findings = failed.first { $0.name == fault.check }?.findings ?? []
        #expect(findings.contains { "\($0)".contains(fault.words) }, "\(report)")
        #expect(findings.allSatisfy { !$0.expected.isEmpty && !$0.seen.isEmpty && !$0.remedy.isEmpty })
        #expect(!"\(report)".contains("c0nf0rmance") && !"\(report)".contains("hunter2"))
    }

    @Test("a deployment without the environment that the options lead to is a fault")
    func unreachable() async {
        let report = await Conformance.run(WellBehavedTarget.self, with: ConformanceInput(environment: .unreachable))
        #expect(report.checks.filter { $0.verdict == .failed }.map(\.name) == ["refusal"], "\(report)")
    }

    @Test("an option that the suite was told to be impossible must be refused")
    func impossible() async {
        var input = ConformanceInput()
        input.impossibleOptions = ["title": "a { brace"]
        #expect(await Conformance.run(WellBehavedTarget.self, with: input).isPassed)
        input.impossibleOptions = ["title": "no brace"]
        let report = await Conformance.run(WellBehavedTarget.self, with: input)
        #expect(report.checks.filter { $0.verdict == .failed }.map(\.name) == ["refusal"], "\(report)")
    }

    @Test("a report comes back from JSON as it was")
    func coding() async throws {
        let report = await Conformance.run(UnreadOptionTarget.self)
        let copy = try JSONDecoder().decode(ConformanceReport.self, from: JSONEncoder().encode(report))
        #expect(copy == report)
    }
}

/// A target that does one thing wrong, the check that is to find it, and what the finding says.
struct Fault: Sendable, CustomTestStringConvertible {
    let type: any DeploymentTarget.Type
    let check: String
    let words: String
    /// Checks that cannot but see it too.
    var others: Set<String> = []

    var testDescription: String { "\(type)" }

    init(_ type: any DeploymentTarget.Type, _ check: String, _ words: String, others: Set<String> = []) {
        self.type = type
        self.check = check
        self.words = words
        self.others = others
    }

    static let all = [
        Fault(BadLabelTarget.self, "manifest", "label of the option size"),
        Fault(UnlistedCapabilityTarget.self, "manifest", "rerunning/v1"),
        Fault(NoStartTarget.self, "start", "No start"),
        Fault(ChangingPassTarget.self, "start", "passes are pure"),
        Fault(WritingPreviewTarget.self, "planning", "first created List conformance-model, then unchanged"),
        Fault(OtherFilesTarget.self, "rendering", "none of the rendered files"),
        Fault(LeavingPathTarget.self, "rendering", "../nodes.txt"),
        Fault(RandomTarget.self, "repetition", "byte for byte", others: ["concurrency"]),
        Fault(SharedStateTarget.self, "concurrency", "another artifact than alone"),
        Fault(StubbornTarget.self, "cancellation", "it went on to its end"),
        Fault(DeafTarget.self, "cancellation", "was still at work"),
        Fault(DisguisedCancellationTarget.self, "cancellation", "instead of turning it into another error"),
        Fault(LeavingThingsTarget.self, "undeploying", "is running"),
        Fault(TrappedRemovalTarget.self, "undeploying", "Nothing", others: ["errors"]),
        Fault(ForeignLinesTarget.self, "logs", "a line of neighbour"),
        Fault(EndlessLogTarget.self, "logs", "still at work"),
        Fault(GhostRunTarget.self, "rerunning", "not deployed"),
        Fault(StubbornRunTarget.self, "rerunning", "it went on to its end"),
        Fault(WaveringTarget.self, "resuming", "first true, then false"),
        Fault(UnreadOptionTarget.self, "options", "asked for title"),
        Fault(MisspeltOptionTarget.self, "options", "titel, which is no option"),
        Fault(OpenSecretTarget.self, "options", "the text of token"),
        Fault(BackwardsTarget.self, "events", "applying after waiting"),
        Fault(StrangeNodeTarget.self, "events", "stranger", others: ["concurrency"]),
        Fault(HelplessTarget.self, "events", "comes with a remedy"),
        Fault(ScriptLinkTarget.self, "events", "http or https"),
        Fault(LateEventTarget.self, "events", "By the way"),
        Fault(ForeignErrorTarget.self, "errors", "Trouble", others: ["options"]),
        Fault(NoRemedyTarget.self, "errors", "remedy is empty"),
        Fault(TellingErrorTarget.self, "secrets", "the error of deploy"),
        Fault(TellingLogTarget.self, "secrets", "a line of the log"),
        Fault(RememberingTarget.self, "secrets", "the description of the target"),
    ]
}
