/// Which addresses may be called on behalf of somebody else: public ones, and those that an administrator allows.
///
/// A client with a policy resolves a host once, checks every address, and connects to a checked one only; so a name
/// that changes its address afterwards reaches nothing new.
public struct NetworkPolicy: Sendable, Hashable {
    /// Ranges that may be called although they are not public.
    public var allow: [AddressRange]
    /// Ranges that may not be called although they are public or allowed.
    public var deny: [AddressRange]
    /// Whether public addresses, too, may be called only where `allow` has them.
    public var isLimitedToAllowed: Bool

    public init(allow: [AddressRange] = [], deny: [AddressRange] = [], isLimitedToAllowed: Bool = false) {
        self.allow = allow
        self.deny = deny
        self.isLimitedToAllowed = isLimitedToAllowed
    }

    /// Why the address may not be called, as a phrase; nil if it may. An IPv6 address that stands for one of IPv4 is
    /// judged as that one.
    public func objection(to address: IPAddress) -> String? {
        let kind = address.addressClass
        let forms = [address, address.canonical]
        if deny.contains(where: { forms.contains(where: $0.contains) }) {
            return "\(address) is in a range that the administrator has denied"
        }
        guard kind != .global || isLimitedToAllowed else { return nil }
        guard kind.isAllowable else { return "\(address) is \(kind.noun), which is never called" }
        if allow.contains(where: { forms.contains(where: $0.contains) }) { return nil }
        return "\(address) is \(kind.noun); only the administrator can allow its range"
    }
}
