internal import TargetContract

/// What only some targets can do: one case for each capability protocol of the contract.
enum TargetAbility: String, Sendable, Codable, CaseIterable {
    case choosing, logs, placing, planning, rendering, rerunning, resuming, status, suggesting, undeploying

    /// The abilities of a target whose code runs in this process.
    static func all(of target: any DeploymentTarget) -> Set<TargetAbility> {
        Set(allCases.filter { $0.isAbility(of: target) })
    }

    private func isAbility(of target: any DeploymentTarget) -> Bool {
        switch self {
        case .choosing: target is any OptionChoosing
        case .logs: target is any LogReading
        case .placing: target is any Placing
        case .planning: target is any Planning
        case .rendering: target is any Rendering
        case .rerunning: target is any Rerunning
        case .resuming: target is any Resuming
        case .status: target is any StatusReporting
        case .suggesting: target is any Suggesting
        case .undeploying: target is any Undeploying
        }
    }

    /// What a target with it does, in words that go on after `A target that`.
    var phrase: String {
        switch self {
        case .choosing: "lists values for options"
        case .logs: "shows logs"
        case .placing: "has places"
        case .planning: "can say beforehand what a deployment would do"
        case .rendering: "renders files"
        case .rerunning: "starts deployed pipelines anew"
        case .resuming: "goes on by itself"
        case .status: "tells how deployments are"
        case .suggesting: "suggests values"
        case .undeploying: "takes deployments away"
        }
    }

    /// Says that a target lacks the ability.
    func missing(in targetID: String) -> TargetError {
        TargetError(
            .unsupported,
            what: "The target \(targetID) does not support this",
            why: "it is no target that \(phrase)",
            remedy: "Take another target; graphene-deployer targets lists them"
        )
    }
}
