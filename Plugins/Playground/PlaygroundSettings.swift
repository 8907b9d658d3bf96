internal import Cryptography
internal import TargetContract

/// What the administrator decides for this target:
///
/// ```yaml
/// deployURL: https://playground.example.org/deploy_solution
/// timeout: 300    # seconds that the playground may take for its answer
/// authorities: |  # certificates (PEM) that are trusted; without it the system's
/// ```
struct PlaygroundSettings: Sendable {
    let address: PlaygroundAddress
    let timeout: Duration
    /// In PEM; nil for the system's.
    let authorities: [UInt8]?

    init(_ settings: TargetSettings) throws(TargetError) {
        try settings.requireOnly(["deployURL", "timeout", "authorities"])
        address = try Self.address(try settings.text("deployURL") ?? "")
        timeout = try Self.timeout(try settings.text("timeout"))
        authorities = try Self.authorities(try settings.text("authorities"))
    }

    private static func address(_ text: String) throws(TargetError) -> PlaygroundAddress {
        let example = "for instance https://playground.example.org/deploy_solution"
        guard !text.isEmpty else {
            throw TargetError(
                .invalidSettings,
                what: "The setting deployURL is missing",
                why: "without it nobody knows where solutions are handed to",
                remedy: "Write settings.deployURL of this target in the configuration file, \(example)"
            )
        }
        do throws(PlaygroundAddress.Problem) {
            return try PlaygroundAddress(text)
        } catch {
            throw TargetError(
                .invalidSettings,
                what: "The setting deployURL cannot be used",
                why: error.text,
                remedy: "Correct settings.deployURL of this target in the configuration file, \(example)"
            )
        }
    }

    private static func authorities(_ text: String?) throws(TargetError) -> [UInt8]? {
        guard let text else { return nil }
        do throws(CryptographyError) {
            _ = try X509Certificate.chain(pem: Array(text.utf8))
            return Array(text.utf8)
        } catch {
            throw TargetError(
                .invalidSettings,
                what: "The setting authorities cannot be used",
                why: error.description,
                remedy: "Write the certificates in PEM as settings.authorities of this target, or leave it out"
            )
        }
    }

    private static func timeout(_ text: String?) throws(TargetError) -> Duration {
        guard let text else { return .seconds(300) }
        guard let seconds = Int(text), (1...3_600).contains(seconds) else {
            throw TargetError(
                .invalidSettings,
                what: "The setting timeout cannot be used",
                why: "it is no whole number of seconds from 1 to 3600",
                remedy: "Correct settings.timeout of this target in the configuration file"
            )
        }
        return .seconds(seconds)
    }
}
