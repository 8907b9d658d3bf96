/// Who makes a request, as the portal's token says.
struct UserIdentity: Sendable, Hashable {
    /// The catalogue's id of the user.
    var userID: String
    /// E-mail address, else login name, else the token's subject.
    var name: String
    var email: String?
    /// The name with which the user signs in to the portal.
    var login: String?
    /// Names of the roles, for instance `MLP System User`.
    var roles: [String]

    /// Whether the user may see what is the administrators' business.
    var isAdministrator: Bool { roles.contains(where: Self.isAdministrator) }

    /// Whether a role is that of administrators.
    static func isAdministrator(_ role: String) -> Bool { role.lowercased() == "admin" }
}

/// A user for as long as the token lives.
struct Session: Sendable, Hashable {
    var user: UserIdentity
    /// Seconds since 1970 at which the token ends.
    var expires: Double
}
