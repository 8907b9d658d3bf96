import Documents
import Foundation
import Synchronization
import TargetChecks
import TargetContract
import Testing

@Suite("Conformance")
struct ConformanceTests {
    private static func input() -> ConformanceInput {
        var input = ConformanceInput()
        input.secrets = ["hunter2-of-the-administrator"]
        input.deadlines.cancellation = .milliseconds(1_500)
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
        var input = Self.input()
        input.environment = fault.environment
        input.impossibleOptions = fault.impossibleOptions
        let report = await Conformance.run(fault.type, with: input)
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

    @Test("planning may be reported before a refusal, and without an environment also applying")
    func phasesBeforeRefusal() async {
        let input = ConformanceInput(environment: .unreachable)
        let report = await Conformance.run(ApplyingRefusalTarget.self, with: input)
        #expect(report.isPassed, "\(report)")
    }

    @Test("a target that refuses one of the solutions as unsupported passes")
    func unsupported() async {
        let report = await Conformance.run(ChoosyTarget.self, with: Self.input())
        #expect(report.isPassed, "\(report)")
        let skipped = report.checks.filter { $0.verdict == .notApplicable }.map(\.name)
        #expect(skipped == ["resuming"])
    }

    @Test("a secret that is given is told in no finding, whatever the target does with it", arguments: Telling.all)
    func redaction(telling: Telling) async {
        var input = ConformanceInput(options: ["token": telling.token])
        input.deadlines.cancellation = .milliseconds(1_500)
        let told = Mutex<[ConformanceReport.Check]>([])
        let report = await Conformance.run(
            TargetFactory(RepeatingTarget.self), with: input, progress: { check in told.withLock { $0.append(check) } })
        let failed = report.checks.filter { $0.verdict == .failed }
        #expect(Set(failed.map(\.name)).isSuperset(of: ["repetition", "events", "secrets"]), "\(report)")
        for check in failed where ["repetition", "events"].contains(check.name) {
            #expect(check.findings.contains { $0.seen.contains("<redacted>") }, "\(check)")
        }
        let encoded = Data(telling.token.utf8).base64EncodedString().prefix(12)
        for word in telling.words + [encoded] { #expect(!"\(report)".contains(word), "\(report)") }
        #expect(told.withLock(\.self) == report.checks)
    }

    @Test("marks are looked for where the target was given them")
    func marks() async {
        let report = await Conformance.run(IdleSecretTarget.self)
        #expect(report.isPassed, "\(report)")
        #expect(report.checks.first { $0.name == "secrets" }?.verdict == .notApplicable, "\(report)")
        let other = await Conformance.run(WellBehavedTarget.self)
        let seen = other.checks.first { $0.name == "secrets" }?.seen ?? ""
        #expect(seen.hasPrefix("1 secrets looked for"))
    }

    @Test("nothing that the checks have deployed is left", arguments: [[:], ["token": "0pen-sesame"]])
    func clearing(options: [String: String]) async {
        let name = "a shelf for \(options.count)"
        let shelf = Shelf.named(name)
        let input = ConformanceInput(settings: TargetSettings(["shelf": .string(name)]), options: options)
        let report = await Conformance.run(ShelfTarget.self, with: input)
        #expect(report.isPassed, "\(report)")
        #expect(report.checks.first { $0.name == "clearing" }?.verdict == .passed)
        #expect(shelf.wasUsed && shelf.things.isEmpty)
    }

    @Test("calls that block all their threads come to an end, and are named", arguments: Blocking.allCases)
    func blocking(place: Blocking) async {
        defer { place.gate.open() }
        var input = ConformanceInput(settings: TargetSettings(["place": .string(place.rawValue)]))
        input.deadlines.refusal = .seconds(2)
        input.deadlines.deployment = .seconds(2)
        let report = await Conformance.run(BlockingTarget.self, with: input)
        let findings = report.checks.filter { $0.verdict == .failed }.flatMap(\.findings)
        #expect(findings.contains { $0.seen.hasPrefix("\(place.words) was still at work") }, "\(report)")
    }

    @Test("a report comes back from JSON as it was")
    func coding() async throws {
        let report = await Conformance.run(UnreadOptionTarget.self)
        let copy = try JSONDecoder().decode(ConformanceReport.self, from: JSONEncoder().encode(report))
        #expect(copy == report)
    }
}

/// A secret that is given, and what must not be told of it.
struct Telling: Sendable {
    let token: String
    let words: [Substring]

    static let all = [
        Telling(token: "0pen-sesame", words: ["sesame"]),
        Telling(token: "say \"0pen\" \\ sesame", words: ["sesame", "0pen"]),
        Telling(
            token: "user: ada\npassword: 0pen-sesame\nkey: 5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76\n",
            words: ["sesame", "5d41402abc"]),
    ]
}

/// A target that does one thing wrong, the check that is to find it, and what the finding says.
struct Fault: Sendable, CustomTestStringConvertible {
    let type: any DeploymentTarget.Type
    let check: String
    let words: String
    /// Checks that cannot but see it too.
    let others: Set<String>
    let environment: ConformanceInput.Environment
    let impossibleOptions: [String: String]

    var testDescription: String { "\(type)" }

    init(
        _ type: any DeploymentTarget.Type,
        _ check: String,
        _ words: String,
        others: Set<String> = [],
        environment: ConformanceInput.Environment = .ready,
        impossibleOptions: [String: String] = [:]
    ) {
        self.type = type
        self.check = check
        self.words = words
        self.others = others
        self.environment = environment
        self.impossibleOptions = impossibleOptions
    }

    static let all = [
        Fault(BadLabelTarget.self, "manifest", "label of the option size"),
        Fault(UnlistedCapabilityTarget.self, "manifest", "rerunning/v1"),
        Fault(NoStartTarget.self, "start", "No start"),
        Fault(ChangingPassTarget.self, "start", "passes are pure"),
        Fault(WritingPreviewTarget.self, "planning", "first created List conformance-model, then unchanged"),
        Fault(OtherFilesTarget.self, "rendering", "none of the rendered files"),
        Fault(LeavingPathTarget.self, "rendering", "../nodes.txt"),
        Fault(
            LateRefusalTarget.self, "refusal", "reported the phase applying", impossibleOptions: ["title": "a { brace"]),
        Fault(WaitingRefusalTarget.self, "refusal", "reported the phase waiting", environment: .unreachable),
        Fault(RandomTarget.self, "repetition", "byte for byte", others: ["concurrency"]),
        Fault(SharedStateTarget.self, "concurrency", "another artifact than alone"),
        Fault(StubbornTarget.self, "cancellation", "it went on to its end"),
        Fault(DeafTarget.self, "cancellation", "was still at work"),
        Fault(DisguisedCancellationTarget.self, "cancellation", "instead of turning it into another error"),
        Fault(DeafWorkTarget.self, "cancellation", "cancelled after 0.20 s"),
        Fault(DeafConnectionTarget.self, "cancellation", "cancelled after 0.20 s", environment: .unreachable),
        Fault(DeafRemovalTarget.self, "cancellation", "undeploy(conformance-loop), cancelled after 0.20 s"),
        Fault(LeavingThingsTarget.self, "undeploying", "is running"),
        Fault(TrappedRemovalTarget.self, "undeploying", "Nothing", others: ["errors", "clearing"]),
        Fault(LastingTarget.self, "clearing", "undeploy with another token (conformance-"),
        Fault(ForeignLinesTarget.self, "logs", "a line of neighbour"),
        Fault(EndlessLogTarget.self, "logs", "still at work"),
        Fault(DeafLogTarget.self, "logs", "still at work"),
        Fault(GhostRunTarget.self, "rerunning", "not deployed"),
        Fault(StubbornRunTarget.self, "rerunning", "it went on to its end"),
        Fault(DeafRunTarget.self, "rerunning", "cancelled after 0.20 s"),
        Fault(WaveringTarget.self, "resuming", "first true, then false"),
        Fault(UnreadOptionTarget.self, "options", "asked for title"),
        Fault(MisspeltOptionTarget.self, "options", "titel, which is no option"),
        Fault(OpenSecretTarget.self, "options", "the text of token"),
        Fault(BackwardsTarget.self, "events", "applying after waiting"),
        Fault(RemovingFirstTarget.self, "events", "applying after removing"),
        Fault(StrangeNodeTarget.self, "events", "stranger", others: ["concurrency"]),
        Fault(HelplessTarget.self, "events", "comes with a remedy"),
        Fault(ScriptLinkTarget.self, "events", "http or https"),
        Fault(LateEventTarget.self, "events", "By the way"),
        Fault(ForeignErrorTarget.self, "errors", "Trouble", others: ["options"]),
        Fault(NoRemedyTarget.self, "errors", "remedy is empty"),
        Fault(HelplessTokenTarget.self, "errors", "the error of deploy with another token (conformance-"),
        Fault(ForeignPlaceTarget.self, "errors", "place with another token (conformance-loop) threw Trouble"),
        Fault(TellingErrorTarget.self, "secrets", "the error of deploy"),
        Fault(TellingLogTarget.self, "secrets", "a line of the log"),
        Fault(RememberingTarget.self, "secrets", "the description of the target"),
        Fault(TellingStartTarget.self, "secrets", "the error of init with an unknown setting"),
        Fault(TellingStatusTarget.self, "secrets", "the error of status"),
        Fault(TellingReaderTarget.self, "secrets", "the error of logs"),
        Fault(TellingRunTarget.self, "secrets", "the error of rerun"),
        Fault(TellingRemovalTarget.self, "secrets", "the error of undeploy"),
        Fault(TellingChoiceTarget.self, "secrets", "the error of choices of title"),
        Fault(TellingSuggestionTarget.self, "secrets", "the answer of suggestions"),
    ]
}
