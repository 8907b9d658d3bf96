/// Something that the host knows for certain of the user a deployment is made for, because the portal vouches for it.
public struct UserAttribute: RawRepresentable, Sendable, Hashable, Codable {
    /// The attribute as it is written in JSON.
    public let rawValue: String
    /// An attribute by its text. A host that does not know it loads no target that asks for it.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The e-mail address.
    public static let email = UserAttribute(rawValue: "email")
    /// What the catalogue knows the user by; never changes.
    public static let userID = UserAttribute(rawValue: "user-id")
    /// What people call the user: the e-mail address, else the login name.
    public static let name = UserAttribute(rawValue: "name")
}
