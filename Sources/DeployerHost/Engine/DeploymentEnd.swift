internal import HTTPTypes
internal import TargetContract

/// What the end of the work means for a deployment.
struct DeploymentEnd {
    let input: DeploymentMachine.Input
    let failure: DeploymentFailure?
    /// What happened, for people.
    let text: String

    /// What has to happen before interrupted work goes on, as a sentence.
    static func wayOn(_ record: DeploymentRecord) -> String {
        record.isResumable
            ? "It goes on by itself when the host is there again." : "Present the credentials again to go on."
    }

    /// - Parameters:
    ///   - outcome: nil in it for work that leaves nothing, which is undeploying.
    ///   - ending: why the work was to end before its time, if it was.
    init(
        _ outcome: Result<DeploymentOutcome?, any Error>,
        of record: DeploymentRecord,
        ending: DeploymentJob.Ending.Reason?,
        limits: EngineLimits
    ) {
        switch (outcome, ending) {
        case (.success(let outcome), _):
            failure = nil
            switch outcome?.state {
            case .running: (input, text) = (.succeeded(.running), "The solution runs.")
            case .completed:
                let text =
                    outcome?.artifact.map { "\($0.fileName) is ready to download." }
                    ?? (outcome?.links.isEmpty == false ? "It was handed over." : "It is done.")
                (input, self.text) = (.succeeded(.completed), text)
            case nil: (input, text) = (.succeeded(.removed), "What was deployed has been taken away.")
            }
        case (.failure, .user):
            (input, failure, text) = (.cancelled, nil, "It was cancelled. What was made is still there.")
        case (.failure, .shutdown):
            text = "The host was stopped before the work was done. \(Self.wayOn(record))"
            (input, failure) = (.interrupted, nil)
        case (.failure, .silence):
            let failure = DeploymentFailure(
                code: "timeout",
                what: "The target has told nothing for \(limits.quiet.components.seconds) s",
                why: "it was given up",
                remedy: "Deploy again; tell the administrator if that happens again"
            )
            (input, self.failure, text) = (.failed, failure, failure.what)
        case (.failure(let error), nil):
            let failure = DeploymentFailure(error)
            (input, self.failure, text) = (.failed, failure, failure.what)
        }
    }
}

extension DeploymentFailure {
    /// What an error means, in the words that an answer to a request would have.
    init(_ error: any Error) {
        let problem = Problem(error)
        let code =
            switch error {
            case let error as TargetError: Self.isCode(error.code.rawValue) ? error.code.rawValue : "failed"
            case let error as CatalogueError: "\(error.code.rawValue)"
            case is TokenError: "signed-out"
            case is OptionProblems: "invalid-option"
            case is LimitRefusal: "limit-exceeded"
            default: problem.status.kind == .serverError ? "internal" : "refused"
            }
        self.init(code: code, what: problem.title, why: problem.detail, remedy: problem.remedy, node: problem.node)
    }

    /// Small words with dashes, as all codes are.
    private static func isCode(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count) && text.first?.isLetter == true
            && text.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
    }

    func cleaned(by scrubber: SecretScrubber) -> DeploymentFailure {
        var failure = self
        failure.what = scrubber.clean(what)
        failure.why = scrubber.clean(why)
        failure.remedy = remedy.map(scrubber.clean)
        return failure
    }
}
