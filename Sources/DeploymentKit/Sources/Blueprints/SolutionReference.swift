/// Which revision of which solution, by the ids of the catalogue.
public struct SolutionReference: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The id of the solution in the catalogue.
    public let solutionID: String
    /// The id of one of its revisions.
    public let revisionID: String

    /// Ids as CDS accepts them: 1 to 36 characters; here letters, digits, `-`, `_` and `.`, not beginning with a dot,
    /// because they become parts of URLs and file names. Nil for anything else.
    public init?(solutionID: String, revisionID: String) {
        guard Self.isID(solutionID), Self.isID(revisionID) else { return nil }
        self.solutionID = solutionID
        self.revisionID = revisionID
    }

    /// Reads `SOLUTIONID/REVISIONID`.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        self.init(solutionID: String(parts[0]), revisionID: String(parts[1]))
    }

    /// `solutionID/revisionID`.
    public var description: String { "\(solutionID)/\(revisionID)" }

    private static func isID(_ text: String) -> Bool {
        guard (1...36).contains(text.utf8.count), text.utf8.first != UInt8(ascii: ".") else { return false }
        return text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_.".utf8.contains(byte)
        }
    }
}
