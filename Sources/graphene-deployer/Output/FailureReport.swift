import DeployerHost
import Documents
import TargetContract

/// How a run ended that has no outcome, as members of a JSON object.
struct FailureReport {
    let state: String
    let error: Document

    init(_ error: any Error) {
        state = error is Interrupted ? "interrupted" : "failed"
        switch error {
        case let error as TargetError:
            self.error = [
                "code": .string(error.code.rawValue), "what": .string(error.what), "why": .string(error.why),
                "remedy": .string(error.remedy),
            ]
        case let error as OptionProblems:
            self.error = ["code": "invalid-option", "what": .string("\(error)")]
        case let error as LimitRefusal:
            self.error = ["code": "limit-exceeded", "what": .string("\(error)")]
        default:
            self.error = ["what": .string("\(error)")]
        }
    }
}
