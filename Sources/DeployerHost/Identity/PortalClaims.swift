internal import Documents

/// The claims of the portal's token that a deployer needs. Everything else may be there or not, and have any shape.
struct PortalClaims {
    let subject: String?
    let expires: Double?
    let notBefore: Double?
    let hasUser: Bool
    let userID: String?
    let email: String?
    let loginName: String?
    let roles: [String]

    init(_ payload: Document) {
        let user = payload["mlpuser"] ?? .null
        subject = payload["sub"]?.string
        expires = payload["exp"]?.double
        notBefore = payload["nbf"].map { $0.double ?? .infinity }
        hasUser = user.object != nil
        userID = user["userId"]?.string
        email = user["email"]?.string
        loginName = user["loginName"]?.string
        roles = payload["role"]?.array?.filter { $0["active"]?.bool != false }.compactMap { $0["name"]?.string } ?? []
    }
}
