internal import Secrets

/// The session cookies behind one path or another: proxies tell which they have taken off.
struct SessionCookies: Sendable {
    let key: SecretBytes
    let isSecure: Bool
    /// Whether a role is one that something depends on.
    let matters: @Sendable (_ role: String) -> Bool
    /// Seconds since 1970.
    let now: @Sendable () -> Double

    /// - Parameter prefix: the path in front of every public URL, empty for none.
    func cookie(behind prefix: String) -> SessionCookie {
        SessionCookie(key: key, publicPrefix: prefix, isSecure: isSecure, matters: matters, now: now)
    }
}
