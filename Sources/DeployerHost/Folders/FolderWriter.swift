public import Files
internal import FoundationEssentials
internal import Glibc
public import TargetContract

/// Writes rendered files as a folder, all of them or none.
public enum FolderWriter {
    /// Fills a temporary folder beside the destination and renames it.
    /// - Parameter links: symbolic links at the folder's root: what each leads to, by its name.
    /// - Throws: `FileError`; an existing destination is refused unless it is an empty folder.
    public static func write(
        _ files: [RenderedFile],
        links: [String: String] = [:],
        to path: String
    ) throws(FileError) {
        let destination = trimmed(path)
        if let code = obstacle(at: destination) { throw FileError(path, "cannot be written", code: code) }
        let temporary = "\(destination).\(getpid()).partial"
        do throws(FileError) {
            guard mkdir(temporary, 0o755) == 0 else { throw FileError(path, "cannot be written", code: errno) }
            for file in files { try write(file, below: temporary) }
            for (name, target) in links where symlink(target, "\(temporary)/\(name)") != 0 {
                throw FileError(name, "cannot be linked to \(target)", code: errno)
            }
            guard rename(temporary, destination) == 0 else { throw FileError(path, "cannot be written", code: errno) }
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            throw error
        }
    }

    private static func write(_ file: RenderedFile, below folder: String) throws(FileError) {
        let components = file.path.split(separator: "/", omittingEmptySubsequences: false)
        guard components.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
            throw FileError(file.path, "cannot be written", reason: "the path would leave the folder")
        }
        var parent = folder
        for component in components.dropLast() {
            parent += "/\(component)"
            guard mkdir(parent, 0o755) == 0 || errno == EEXIST else {
                throw FileError(parent, "cannot be made", code: errno)
            }
        }
        try AtomicFile.write(file.bytes, to: "\(folder)/\(file.path)")
    }

    /// Why the destination cannot be replaced: rename takes the place of an empty folder and of nothing else.
    private static func obstacle(at path: String) -> Int32? {
        guard let entries = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            return FileManager.default.fileExists(atPath: path) ? EEXIST : nil
        }
        return entries.isEmpty ? nil : ENOTEMPTY
    }

    private static func trimmed(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }
}
