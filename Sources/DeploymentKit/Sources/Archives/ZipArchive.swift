/// A zip file (PKWARE APPNOTE 6.3, without zip64) that is the same byte for byte whenever its entries are: entries are
/// sorted by path, time stamps are 1980-01-01, permissions 0644.
public struct ZipArchive: Sendable {
    private var entries: [String: [UInt8]] = [:]
    private var foldedPaths: Set<String> = []

    /// An archive without entries.
    public init() {}

    /// Reads a zip file, written by this type or by others.
    /// - Parameter limit: how many bytes its files may have together.
    /// - Throws: `ArchiveError` where it is damaged, too large, or has a path that could not be added.
    public init(reading bytes: [UInt8], limit: Int = 256 << 20) throws(ArchiveError) {
        try ZipReader(bytes).forEachFile(limit: limit) { (path, content) throws(ArchiveError) in
            try add(path, bytes: content)
        }
    }

    /// The content of a file; nil where there is none of that path.
    public subscript(path: String) -> [UInt8]? { entries[path] }

    /// Adds a regular file.
    /// - Throws: `ArchiveError` for a path that could leave the folder it is unpacked in, or that is there already,
    ///   also in another case: many file systems do not tell them apart.
    public mutating func add(_ path: String, bytes: [UInt8]) throws(ArchiveError) {
        if let problem = Self.problem(of: path) { throw ArchiveError(path: path, problem: problem) }
        guard bytes.count <= Int(UInt32.max >> 1) else {
            throw ArchiveError(path: path, problem: "is larger than 2 GiB")
        }
        guard foldedPaths.insert(path.lowercased()).inserted else {
            throw ArchiveError(path: path, problem: "is in the archive already")
        }
        guard entries.count < Int(UInt16.max) else { throw ArchiveError(path: path, problem: "is one file too many") }
        entries[path] = bytes
    }

    /// The paths in the order in which they are written.
    public var paths: [String] { entries.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

    /// The zip file.
    /// - Throws: `ArchiveError` where the file would outgrow 4 GiB.
    public func bytes() throws(ArchiveError) -> [UInt8] {
        var writer = ZipWriter()
        for path in paths { try writer.append(path: path, bytes: entries[path] ?? []) }
        return try writer.finish()
    }

    /// What is wrong with a path, as a phrase; nil where it names a file below the folder of the archive.
    static func problem(of path: String) -> String? {
        guard !path.isEmpty, path.utf8.count <= 512 else { return "is empty or longer than 512 bytes" }
        guard path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: ":") })
        else {
            return "holds a backslash, a colon or a control character"
        }
        let components = path.split(separator: "/", omittingEmptySubsequences: false)
        guard components.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
            return "is absolute or has an empty, \".\" or \"..\" component"
        }
        return nil
    }
}

/// A file that cannot be put into an archive.
public struct ArchiveError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The path of the entry that cannot be added.
    public var path: String
    /// A phrase that follows the path.
    public var problem: String

    /// Takes over the parts as they are.
    public init(path: String, problem: String) {
        self.path = path
        self.problem = problem
    }

    /// The path and the problem, as one phrase.
    public var description: String { "\"\(path)\" \(problem)" }
}
