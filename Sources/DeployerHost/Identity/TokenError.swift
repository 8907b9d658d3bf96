/// Why a token is not accepted. The text says so without repeating anything of the token.
struct TokenError: Error, Sendable, Hashable, CustomStringConvertible {
    var description: String

    static let missing = TokenError(
        description: "There is no token. Open the solution in the portal and press Deploy again.")
    static let malformed = TokenError(description: "The token is not a JSON web token.")
    static let wrongAlgorithm = TokenError(
        description: "The token is not signed with HS512, the only algorithm accepted.")
    static let criticalHeader = TokenError(description: "The token has a crit header, which is not supported.")
    static let wrongSignature = TokenError(description: "The token's signature is not the portal's.")
    static let noExpiry = TokenError(description: "The token has no expiry (exp).")
    static let expired = TokenError(
        description: "The token has expired. Open the solution in the portal and press Deploy again.")
    static let notYetValid = TokenError(description: "The token is not valid yet (nbf).")
    static let noUser = TokenError(description: "The token names no user (mlpuser.userId).")
}
