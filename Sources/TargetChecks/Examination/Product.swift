internal import Passes
internal import TargetContract

/// What a call of the target returned.
enum Product: Sendable {
    case nothing
    case passes([any SolutionPass])
    case plans([SolutionPlan])
    case outcome(DeploymentOutcome)
    case preview(DeploymentPreview)
    case files([RenderedFile])
    case status(DeploymentStatus)
    case choices([OptionChoice])
    case place(DeploymentPlace?)
    case suggestions([String: String])
    case target(any DeploymentTarget)
    case lines([LogLine])
    case answer(Bool)
}
