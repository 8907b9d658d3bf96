import Testing

@testable import DeployerHost

@Suite("Access to a target")
struct TargetAccessTests {
    private static let user = UserIdentity(
        userID: "11111111-1111-4111-8111-111111111111", name: "alice@example.org", email: "alice@example.org",
        login: "alice", roles: ["MLP System User"])

    @Test(
        "is for those who are named",
        arguments: [
            (TargetAccess(roles: ["MLP System User"]), true), (TargetAccess(roles: ["mlp system user"]), true),
            (TargetAccess(roles: ["Admin"]), false), (TargetAccess(users: ["alice"]), true),
            (TargetAccess(users: ["Alice"]), false), (TargetAccess(users: ["ALICE@example.org"]), true),
            (TargetAccess(users: ["11111111-1111-4111-8111-111111111111"]), true),
            (TargetAccess(users: ["bob"]), false), (TargetAccess(roles: ["Admin"], users: ["alice"]), true),
        ])
    func named(access: TargetAccess, isPermitted: Bool) { #expect(access.permits(Self.user) == isPermitted) }

    @Test("is not had by a login name that is somebody's address")
    func disguised() {
        var user = Self.user
        user.email = "mallory@example.org"
        user.login = "alice@example.org"
        user.roles = []
        #expect(!TargetAccess(users: ["alice@example.org"]).permits(user))
    }

    @Test("is not had by administrators who are not named")
    func administrators() {
        var user = Self.user
        user.roles = ["Admin"]
        #expect(!TargetAccess(roles: ["Publisher"]).permits(user))
    }
}
