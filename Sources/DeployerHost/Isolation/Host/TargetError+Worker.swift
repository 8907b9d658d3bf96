internal import TargetContract

extension TargetError {
    static func crashed(module: String, _ happening: String, _ cause: String) -> TargetError {
        TargetError(
            .failed,
            what: "The module \(module) broke down \(happening)",
            why: cause,
            remedy: "Tell the administrator; the host and all other deployments go on. What was made may still be there"
        )
    }

    /// Says nothing of the calls of others, in which the module broke down.
    static func quarantined(module: String) -> TargetError {
        TargetError(
            .unavailable,
            what: "The module \(module) is in quarantine",
            why: Quarantine.publicReason,
            remedy: "Ask the administrator to replace the module, and to have the configuration read again"
        )
    }

    static func busy(module: String, _ patience: Duration) -> TargetError {
        TargetError(
            .unavailable,
            what: "The module \(module) is busy",
            why: "others had it at work for all of \(patience.components.seconds) s",
            remedy: "Try again in a while"
        )
    }

    static func notStarted(module: String, _ reason: String) -> TargetError {
        TargetError(
            .unavailable,
            what: "The process of the module \(module) could not be started",
            why: reason,
            remedy: "Try again in a while; tell the administrator if that happens again"
        )
    }

    static func notLoaded(module: String, _ reason: String) -> TargetError {
        TargetError(
            .unavailable,
            what: "The module \(module) can no longer be loaded",
            why: reason,
            remedy: "Deploy again; if that stays so, ask the administrator to have the configuration read again"
        )
    }
}
