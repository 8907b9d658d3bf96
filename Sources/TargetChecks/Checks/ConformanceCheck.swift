/// One thing that is asked of every target.
protocol ConformanceCheck: Sendable {
    /// For instance `cancellation`.
    var name: String { get }
    /// What is asked, as a sentence without a full stop.
    var expectation: String { get }
    /// Whether it is made although a call has not ended yet.
    var isMadeAnyway: Bool { get }

    /// Tries the target out.
    func examine(_ examination: Examination) async -> CheckOutcome
}

extension ConformanceCheck {
    /// A call that is still at work would be in its way.
    var isMadeAnyway: Bool { false }
}

/// What a check found.
enum CheckOutcome {
    /// There is nothing to check.
    case notApplicable(String)
    /// What was looked at, and what is wrong.
    case examined(String, [ConformanceReport.Finding])
}

extension ConformanceReport.Check {
    init(_ check: any ConformanceCheck, _ outcome: CheckOutcome) {
        self.init(name: check.name, expectation: check.expectation, outcome)
    }

    init(name: String, expectation: String, _ outcome: CheckOutcome) {
        switch outcome {
        case .notApplicable(let reason):
            self.init(
                name: name, expectation: expectation, verdict: .notApplicable, seen: reason, findings: [])
        case .examined(let seen, let findings):
            let verdict: ConformanceReport.Verdict = findings.isEmpty ? .passed : .failed
            self.init(name: name, expectation: expectation, verdict: verdict, seen: seen, findings: findings)
        }
    }
}
