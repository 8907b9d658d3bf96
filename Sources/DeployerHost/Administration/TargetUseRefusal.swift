internal import HTTPTypes

/// Why a target takes no new work from somebody. What is deployed already stays within reach.
enum TargetUseRefusal: Error, Sendable, Hashable {
    /// The administrator has taken it out of service; the name of the target.
    case outOfService(String)
    /// Others may use it; the name of the target.
    case notPermitted(String)
}

extension Problem {
    init(use refusal: TargetUseRefusal) {
        switch refusal {
        case .outOfService(let name):
            self.init(
                .conflict,
                "\(name) takes no new deployments",
                detail: "An administrator has taken this target out of service; what is being done goes on to its end.",
                remedy: "Take another target. Deployments that are there can be looked at, cancelled and taken away."
            )
        case .notPermitted(let name):
            self.init(
                .forbidden,
                "You may not use \(name)",
                detail: "The administrator of this host lets only some roles and users deploy to this target.",
                remedy: "Take another target, or ask the administrator for access to this one."
            )
        }
    }

    /// The first limit names the node; all are told.
    init(limits refusal: LimitRefusal) {
        let first = refusal.excesses.first
        self.init(
            .unprocessableContent,
            first?.what ?? "",
            detail: refusal.excesses.enumerated().map { index, excess in
                Self.sentence(index == 0 ? excess.why : "\(excess.what): \(excess.why)")
            }.joined(separator: " "),
            remedy: first.map { Self.sentence($0.remedy) },
            node: first?.node
        )
    }
}
