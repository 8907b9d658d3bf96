internal import Transport

/// An OpenStack cloud that the administrator has listed. Only listed ones are called: an address from a user would let
/// them use this host to look around in its network.
struct Cloud: Sendable {
    /// What users choose it by.
    let name: String
    /// Of Keystone v3, with `/v3` at its end.
    let authURL: URLParts
    /// The regions that may be used, in the order of preference; empty for all.
    let regions: [String]
    /// Which of a service's endpoints is called.
    let interface: String
    /// Certificates (PEM) that are trusted instead of the system's.
    let authorities: [UInt8]?
    /// With it users choose a cluster without credentials of their own.
    let credential: CloudCredential?
}
