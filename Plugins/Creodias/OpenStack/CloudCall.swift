internal import TargetContract
internal import Transport

/// What a cloud is asked for, and what it means if that fails.
struct CloudCall: Sendable {
    enum Subject: Sendable, Hashable {
        case signIn
        case clusters
        case cluster(String)
        case templates
        /// Of a cluster of that name.
        case template(of: String)
        case authority(String)
        case certificate(String)
    }

    let subject: Subject
    let cloud: String
    /// Whether the credential is the administrator's; then users can do nothing about it.
    let isConfigured: Bool

    /// The error for an answer that is no success.
    func error(_ fault: CloudFault) -> TargetError {
        if fault.status >= 500 || fault.status == 429 { return unavailable(fault) }
        switch (subject, fault.status) {
        case (.signIn, 404) where fault.message?.contains("pplication") == true:
            return refused("it knows no application credential of this id")
        case (.signIn, 401), (.signIn, 403): return refused(fault.words)
        case (.signIn, _): return noService("Keystone", fault)
        // Of an application credential whose access rules have no templates, too.
        case (.templates, 401), (.template, 401), (.templates, 403), (.templates, 404), (.template, 403),
            (.template, 404):
            return TargetError(
                Self.notShown,
                what: "The cloud \(cloud) does not show the template of a cluster",
                why: fault.words,
                remedy: Self.needsRole
            )
        case (_, 401):
            return TargetError(
                .unavailable,
                what: "The cloud \(cloud) does not accept the token it has just given",
                why: fault.words,
                remedy: isConfigured
                    ? Self.askAdministrator
                    : "Check that the application credential still exists, and that its access rules, if it has any, "
                        + "permit calls of container-infra"
            )
        case (.clusters, 403):
            return failure("The clusters of the cloud \(cloud) may not be listed", fault, Self.needsRole)
        case (.cluster(let name), 403):
            return failure(
                "The cluster \(name.prefix(80)) of the cloud \(cloud) may not be looked at", fault, Self.needsRole)
        case (.cluster(let name), 404):
            return TargetError(
                .invalidOption,
                what: "There is no cluster \(name.prefix(80)) in the cloud \(cloud)",
                why: fault.words,
                remedy: "Check its name and region; the credential sees the clusters of its own project only"
            )
        case (.cluster(let name), 409):
            return TargetError(
                .invalidOption,
                what: "The cloud \(cloud) has several clusters called \(name.prefix(80))",
                why: fault.words,
                remedy: "Give the cluster's uuid instead of its name"
            )
        case (.authority(let name), 404):
            return TargetError(
                .unavailable,
                what: "The cluster \(name) has no certificate authority",
                why: "it is still being made, or its template has TLS disabled (\(fault.words))",
                remedy: "Wait until the cluster is complete, or use one whose template has TLS enabled"
            )
        case (.authority(let name), 403), (.certificate(let name), 403):
            return TargetError(
                isConfigured ? .unavailable : .invalidOption,
                what: "The cloud \(cloud) gives no certificate for the cluster \(name)",
                why: fault.words,
                remedy: isConfigured
                    ? "Ask the administrator for a credential of the cluster's owner with the role member"
                    : "Use a credential of the cluster's owner with the role member: others may not have certificates"
            )
        case (.certificate(let name), 400...499):
            return TargetError(
                fault.status == 400 ? Self.requestNotTaken : .unavailable,
                what: "The cloud \(cloud) does not sign a certificate for the cluster \(name)",
                why: fault.words,
                remedy: "Ask the cloud's operator why it does not sign, or paste a kubeconfig instead"
            )
        case (.clusters, _), (.cluster, _), (.templates, _), (.template, _), (.authority, _), (.certificate, _):
            return noService("Magnum", fault)
        }
    }

    /// The code where Magnum does not take a request for a certificate, perhaps because of the kind of its key; no other
    /// trouble with certificates has it.
    static let requestNotTaken = TargetError.Code.failed
    /// The code where Magnum shows no templates to this user; no other trouble with them has it.
    static let notShown = TargetError.Code.unsupported

    /// The error for no answer.
    func error(_ error: TransportError) -> TargetError {
        let what = "The cloud \(cloud) cannot be reached"
        switch error.code {
        case .refusedByPolicy:
            let remedy = "Ask the administrator to add its range to network.allow; http is only called there"
            return TargetError(.unavailable, what: what, why: "\(error)", remedy: remedy)
        case .tls:
            let remedy = "Ask the administrator to check the cloud's authURL and authorities"
            return TargetError(.unavailable, what: what, why: "\(error)", remedy: remedy)
        default: return TargetError(.unavailable, what: what, why: "\(error)", remedy: "Try again in a few minutes")
        }
    }

    /// The error for an answer that cannot be understood.
    func misunderstood(_ service: String) -> TargetError {
        TargetError(
            .unavailable,
            what: "The cloud \(cloud) does not answer as \(service) does",
            why: "what it sends back is not what the API promises",
            remedy: Self.askAdministrator
        )
    }

    private static let needsRole = "Make the credential in the project of the cluster, with the role member"
    static let askAdministrator = "Ask the administrator to check the cloud in the target's settings"

    private func refused(_ why: String) -> TargetError {
        TargetError(
            isConfigured ? .invalidSettings : .invalidOption,
            what: "The cloud \(cloud) refuses the credential",
            why: why,
            remedy: isConfigured
                ? Self.askAdministrator
                : "Check id and secret of the application credential; make a new one if it has expired or was deleted"
        )
    }

    private func unavailable(_ fault: CloudFault) -> TargetError {
        TargetError(
            .unavailable,
            what: "The cloud \(cloud) does not work at the moment",
            why: "\(isKeystone ? "Keystone" : "Magnum") answers \(fault.status)"
                + (fault.message.map { ": \($0)" } ?? ""),
            remedy: "Try again in a few minutes, and look at the cloud's status page if it stays so"
        )
    }

    private var isKeystone: Bool { subject == .signIn }

    private func noService(_ service: String, _ fault: CloudFault) -> TargetError {
        TargetError(
            .unavailable,
            what: "The cloud \(cloud) does not answer as \(service) does",
            why: "\(fault.status): \(fault.words)",
            remedy: Self.askAdministrator
        )
    }

    private func failure(_ what: String, _ fault: CloudFault, _ remedy: String) -> TargetError {
        TargetError(.failed, what: what, why: fault.words, remedy: remedy)
    }
}
