internal import Passes
internal import TargetContract

/// Errors of all calls so far.
struct ErrorsCheck: ConformanceCheck {
    let name = "errors"
    let expectation = "Errors are TargetErrors, each with what failed, why, and what to do"

    private typealias Finding = ConformanceReport.Finding

    func examine(_ examination: Examination) async -> CheckOutcome {
        var findings: [Finding] = []
        var count = 0
        for trial in examination.record.trials {
            let before = count
            if let error = trial.error {
                count += 1
                findings += Self.problems(with: error, of: trial).filter { !findings.contains($0) }
            }
            for finding in (trial.preview?.warnings ?? []) + (trial.preview?.obstacles ?? []) {
                count += 1
                let texts = [("what", finding.what), ("why", finding.why), ("remedy", finding.remedy)]
                findings += Self.problems(with: texts, of: "a finding of \(trial.call)").filter {
                    !findings.contains($0)
                }
            }
            guard before < count, findings.count > 12 else { continue }
            break
        }
        guard count > 0 else { return .notApplicable("there were no errors") }
        return .examined("\(count) errors and findings", findings)
    }

    private static func problems(with error: any Error, of trial: Trial) -> [Finding] {
        switch error {
        case is CancellationError where trial.isCancelled, is OptionProblems: return []
        case let error as TargetError:
            let texts = [
                ("code", error.code.rawValue), ("what", error.what), ("why", error.why), ("remedy", error.remedy),
            ]
            return problems(with: texts, of: "the error of \(trial.call)")
        default:
            return [
                Finding(
                    expected: "a call throws TargetError, or CancellationError when it was cancelled",
                    seen: "\(trial.call) \(trial.words)",
                    remedy: "Catch the error, and say in a TargetError what failed, why, and what to do"
                )
            ]
        }
    }

    private static func problems(with texts: [(String, String)], of what: String) -> [Finding] {
        texts.compactMap { name, text in
            let problem: String
            if text.allSatisfy(\.isWhitespace) {
                problem = "is empty"
            } else if name != "why", text.last == "." {
                problem = "ends with a full stop, which the host adds: \(text.debugDescription)"
            } else {
                return nil
            }
            return Finding(
                expected: "errors say what failed, why, and what to do; what and remedy have no full stop",
                seen: "in \(what), \(name) \(problem)",
                remedy: "Write \(name) as the contract has it"
            )
        }
    }
}
