internal import TargetContract

extension UserIdentity {
    /// What targets can ask for.
    static let attributes: [UserAttribute] = [.email, .userID, .name]

    /// What the token says; nil where it does not.
    func value(of attribute: UserAttribute) -> String? {
        let value: String? =
            switch attribute {
            case .email: email
            case .userID: userID
            case .name: name
            default: nil
            }
        return value?.isEmpty == true ? nil : value
    }
}
