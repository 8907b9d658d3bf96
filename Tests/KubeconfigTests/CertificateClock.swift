import Foundation

/// The clock of this machine.
enum CertificateClock {
    /// Seconds since 1970.
    static var now: Double { Date().timeIntervalSince1970 }
}
