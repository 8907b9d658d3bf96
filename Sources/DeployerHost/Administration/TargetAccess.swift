/// Who may use a target. Nobody else may, administrators neither, unless they are named.
public struct TargetAccess: Sendable, Hashable {
    /// Names of roles, as the portal's tokens have them. Case does not count.
    public var roles: [String]
    /// Users: an e-mail address (with an `@`; case does not count), a user's id, or a login name.
    public var users: [String]

    /// Takes over the parts as they are.
    public init(roles: [String] = [], users: [String] = []) {
        self.roles = roles
        self.users = users
    }

    /// Whether a user is among those who are named.
    func permits(_ user: UserIdentity) -> Bool {
        let roles = Set(roles.map { $0.lowercased() })
        return user.roles.contains { roles.contains($0.lowercased()) } || users.contains { isName($0, of: user) }
    }

    /// A name with an `@` is an address and nothing else: nobody gets in with a login name that looks like one.
    private func isName(_ name: String, of user: UserIdentity) -> Bool {
        guard name.contains("@") else { return name == user.userID || name == user.login }
        return name.lowercased() == user.email?.lowercased()
    }
}
