import ArgumentParser
import Files
import FoundationEssentials
import Transport

/// Which host is asked, and in whose name.
struct ServerArguments: ParsableArguments {
    private static let variable = "GRAPHENE_DEPLOYER_SERVER"

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The address of the host, with its path if it has one.",
            discussion: "Without it, \(Self.variable) counts.",
            valueName: "url"
        )
    )
    var server: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The file with the portal's token; - for standard input.",
            discussion: "Without it, \(HostToken.variable) counts.",
            valueName: "file"
        )
    )
    var tokenFile: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Certificates of authorities (PEM) that are trusted instead of the system's.",
            valueName: "file"
        )
    )
    var caFile: String?

    /// The most that a file of certificates may hold.
    private static let certificateLimit = 4 << 20

    /// Refuses addresses that cannot be called.
    func validate() throws { _ = try address() }

    /// The host's API.
    /// - Throws: `FileError` and `InputError` where the token or the certificates cannot be used.
    func service() throws -> HostService {
        let address = try address()
        let token = try HostToken.read(file: tokenFile)
        let authorities = try caFile.map { try FileReader.read($0, limit: Self.certificateLimit) }
        if address.scheme == "http", !Self.isThisMachine(address.host) {
            Terminal.say("warning: \(address.host) is called without encryption; others can read the token on the way")
        }
        return HostService(base: address, token: token, tls: TLSSettings(authorities: authorities))
    }

    private func address() throws -> URLParts {
        let text = server ?? ProcessInfo.processInfo.environment[Self.variable] ?? ""
        let origin = server == nil ? Self.variable : "--server"
        guard !text.isEmpty else {
            throw ValidationError("no host is named; use --server URL or set \(Self.variable)")
        }
        do {
            let address = try URLParts(text)
            guard address.query == nil else {
                throw ValidationError("\(origin) has a query; leave out what begins with ?")
            }
            return address
        } catch let error as TransportError {
            throw ValidationError("\(origin) cannot be used: \(error.reason). Write for instance https://host/path")
        }
    }

    private static func isThisMachine(_ host: String) -> Bool {
        host == "localhost" || (IPAddress(host)?.addressClass == .loopback)
    }
}
