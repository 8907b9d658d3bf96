import Files
import FoundationEssentials
import Secrets

/// The portal's token that signs requests in. Never an argument: other users of the machine can read those.
enum HostToken {
    static let variable = "GRAPHENE_DEPLOYER_TOKEN"

    private static let limit = 64 << 10

    /// The token of a file (`-` is standard input), else of the environment.
    /// - Throws: `FileError`, and `InputError` where there is no token or what is there is none.
    static func read(file: String?) throws -> SecretBytes {
        if let file {
            let place = file == "-" ? "standard input" : file
            return try token(of: FileReader.read(file, limit: limit), in: place)
        }
        guard let value = ProcessInfo.processInfo.environment[variable], !value.isEmpty else {
            throw InputError(
                description: "there is no token to sign in with. Set \(variable), or name a file with --token-file."
            )
        }
        return try token(of: Array(value.utf8), in: variable)
    }

    /// Without the blanks and line ends around it.
    static func token(of bytes: [UInt8], in place: String) throws -> SecretBytes {
        let isBlank = { (byte: UInt8) in [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
        let token = Array(bytes.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
        guard !token.isEmpty else {
            throw InputError(
                description: "\(place) holds no token. Put the token of the portal there, and nothing else.")
        }
        guard token.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw InputError(
                description: "\(place) holds more than a token: there are blanks or characters beyond ASCII in it. "
                    + "Put the token of the portal there, and nothing else."
            )
        }
        return SecretBytes(token)
    }
}
