internal import Files
internal import Glibc

/// The folder for what must outlive the process.
enum StateFolder {
    /// Makes the folder where it is missing and proves that files can be written to it.
    /// - Throws: `FileError`.
    static func prepare(_ path: String) throws(FileError) {
        try make(path)
        let probe = "\(path)/.probe"
        do {
            try AtomicFile.write([UInt8(ascii: "\n")], to: probe)
        } catch {
            throw FileError(path, "cannot be used as state folder", reason: error.reason)
        }
        unlink(probe)
    }

    /// Makes the folder and those above it; what is there already must be a folder.
    private static func make(_ path: String) throws(FileError) {
        var partial = path.hasPrefix("/") ? "/" : ""
        for component in path.split(separator: "/") {
            partial += (partial.isEmpty || partial == "/" ? "" : "/") + component
            guard mkdir(partial, 0o700) != 0 else { continue }
            let code = errno
            guard let status = FileStatus(at: partial) else {
                throw FileError(path, "cannot be used as state folder", code: code)
            }
            guard status.isFolder else { throw FileError(path, "cannot be used as state folder", code: ENOTDIR) }
        }
    }
}
