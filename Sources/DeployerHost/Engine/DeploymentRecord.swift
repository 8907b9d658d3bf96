internal import Blueprints
internal import TargetContract

/// What is known of a deployment, and kept: never a credential.
struct DeploymentRecord: Sendable, Hashable {
    /// A UUID in lower case.
    let id: String
    /// Whose deployment it is.
    var owner: DeploymentOwner
    /// What is deployed.
    let reference: SolutionReference
    /// The id of the target.
    let target: String
    /// The values of the options that are not secret.
    var options: [String: String]
    /// Where it goes; nil for targets without places.
    var place: DeploymentPlace?
    /// The solution's name and version, once they are known.
    var solution: SolutionTitle?
    /// State and operation.
    var machine = DeploymentMachine()
    /// Whether its user wants it to end.
    var isCancelling = false
    /// Whether it goes on by itself should the host end: its user gave no secret, and the target can do without.
    var isResumable = false
    /// How often it has gone on by itself since its user has last asked for it.
    var resumptions = 0
    /// Counts the times that work was begun anew.
    var attempt = 1
    /// Seconds since 1970.
    let created: Double
    var updated: Double
    /// When the work ended; nil while it is active.
    var finished: Double?
    /// The SHA-256 of the plan in hex, once there is one.
    var planDigest: String?
    /// The SHA-256 of the blueprint as the catalogue gave it; nil for single models.
    var blueprintDigest: String?
    /// Why it failed.
    var failure: DeploymentFailure?
    /// Pages to open.
    var links: [DeploymentOutcome.Link] = []
    /// The file that the target handed over.
    var artifact: ArtifactSummary?
    /// The deployment that has taken its place since.
    var replacedBy: String?
    /// The number of its last event; events are numbered from 1.
    var lastEvent = 0

    var state: DeploymentState { machine.state }
    var operation: DeploymentOperation { machine.operation }
}

/// Whose deployment something is.
struct DeploymentOwner: Sendable, Hashable, Codable {
    /// The catalogue's id of the user.
    var id: String
    /// The name of the user for people.
    var name: String
    /// What the owner was when the work was last asked for; nil where an earlier version has not kept it.
    var standing: UserStanding?
}

/// By what a user is let in to a target, besides the id.
struct UserStanding: Sendable, Hashable, Codable {
    var email: String?
    var login: String?
    var roles: [String]

    init(_ user: UserIdentity) {
        email = user.email
        login = user.login
        roles = user.roles
    }
}

extension UserIdentity {
    /// A user who is not there, as of the last time.
    init(_ owner: DeploymentOwner) {
        self.init(
            userID: owner.id, name: owner.name, email: owner.standing?.email, login: owner.standing?.login,
            roles: owner.standing?.roles ?? [])
    }
}

/// What a solution is called.
struct SolutionTitle: Sendable, Hashable, Codable {
    var name: String
    var version: String
}

/// A file that was handed over, without its content.
struct ArtifactSummary: Sendable, Hashable, Codable {
    var fileName: String
    var mediaType: String
    /// Its size in bytes.
    var bytes: Int
}

/// Why a deployment failed.
struct DeploymentFailure: Sendable, Hashable, Codable {
    /// For programs, for instance `unavailable`.
    var code: String
    var what: String
    var why: String
    var remedy: String?
    /// The node that is meant, by its name.
    var node: String?
}
