internal import Glibc

/// Reads files below a folder, and nothing outside of it, wherever links lead.
public struct SealedFolder {
    /// What reading a file came to.
    public enum Outcome: Sendable {
        case bytes([UInt8])
        case missing
        case tooLarge
        /// No regular file, not readable, or outside of the folder.
        case refused
    }

    /// Without links, without a slash at the end.
    private let root: String

    /// Nil unless the path leads to a folder.
    public init?(_ path: String) {
        guard let root = Self.resolved(path), let folder = opendir(root) else { return nil }
        closedir(folder)
        self.root = root
    }

    /// Links inside of the folder are followed: a mounted ConfigMap consists of them.
    public func read(_ segments: [String], limit: Int) -> Outcome {
        let isPlain = segments.allSatisfy {
            !["", ".", ".."].contains($0) && !$0.utf8.contains(0) && !$0.contains("/")
        }
        guard isPlain else { return .refused }
        errno = 0
        guard let path = Self.resolved(([root] + segments).joined(separator: "/")) else {
            return [ENOENT, ENOTDIR, ENAMETOOLONG].contains(errno) ? .missing : .refused
        }
        guard path.hasPrefix(root + "/") else { return .refused }
        // A pipe must not block; what the name leads to was resolved before.
        let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return .refused }
        defer { close(file) }
        guard FileStatus(ofDescriptor: file)?.isRegularFile ?? false else { return .refused }
        switch FileReader.contents(of: file, limit: limit) {
        case .bytes(let bytes): return .bytes(bytes)
        case .tooLarge: return .tooLarge
        case .failed: return .refused
        }
    }

    /// The names of the entries of a subfolder, sorted.
    public func names(in subfolder: String) -> [String] {
        guard let folder = opendir("\(root)/\(subfolder)") else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    private static func resolved(_ path: String) -> String? {
        guard let text = realpath(path, nil) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }
}
