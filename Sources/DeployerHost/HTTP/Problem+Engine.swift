internal import HTTPTypes

extension Problem {
    /// Why something cannot be done with a deployment now.
    init(engine error: EngineError) {
        switch error {
        case .unknown:
            self.init(
                .notFound,
                "There is no such deployment",
                detail: "No deployment of yours has this id.",
                remedy: "See the list of your deployments; old ones are forgotten after a while."
            )
        case .full:
            self.init(
                .serviceUnavailable,
                "Too many deployments are waiting",
                detail: "As many deployments wait for their turn as may.",
                remedy: "Try again in a few minutes."
            )
            retryAfter = 60
        case .draining:
            self.init(
                .serviceUnavailable,
                "The host is being restarted",
                detail: "It takes no more work now.",
                remedy: "Try again in a minute."
            )
            retryAfter = 30
        case .wrongState(let state, let operation):
            self.init(wrongState: state, operation)
        case .replaced(let deployment):
            self.init(
                .conflict,
                "A newer deployment has taken its place",
                detail: "What is there now is that one's.",
                remedy: "Do it with the newer deployment."
            )
            self.deployment = deployment
        case .placeTaken(let deployment):
            self.init(
                .conflict,
                "Another deployment is at work there",
                detail: "Two deployments must not change one place at the same time.",
                remedy: deployment == nil
                    ? "Wait until it has ended, or take another namespace."
                    : "Wait until your other deployment has ended, cancel it, or take another namespace."
            )
            self.deployment = deployment
        case .otherPlace:
            self.init(
                .unprocessableContent,
                "The options lead to another place",
                detail: "The cluster or namespace is not the one that this deployment is in.",
                remedy: "Give the access file of the same cluster, or make a new deployment."
            )
        case .keyReused:
            self.init(
                .unprocessableContent,
                "The key was used for another request",
                detail: "The same Idempotency-Key came before with another solution, target or options.",
                remedy: "Take a new key for a new request."
            )
        }
    }

    private init(wrongState state: DeploymentState, _ operation: DeploymentOperation?) {
        let detail =
            if operation == nil, !state.isActive {
                "It is \(state.rawValue); there is no work that could be ended."
            } else if state.isActive {
                "Something is being done with it: it is \(state.rawValue)."
            } else {
                "It is \(state.rawValue)."
            }
        self.init(
            .conflict,
            "That cannot be done with the deployment now",
            detail: detail,
            remedy: state.isActive ? "Wait until that has ended, or cancel it." : "Look at its state."
        )
    }
}
