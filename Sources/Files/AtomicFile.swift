internal import Glibc

/// Writes files so that a reader sees either nothing, the old content, or all of the new one.
public enum AtomicFile {
    /// Writes to a temporary file beside the destination, syncs it and renames it.
    /// - Throws: `FileError`; the destination is then as it was, and nothing else is left.
    public static func write(_ bytes: [UInt8], to path: String, permissions: UInt32 = 0o644) throws(FileError) {
        let temporary = "\(path).\(getpid()).partial"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
        guard descriptor >= 0 else { throw FileError(path, "cannot be written", code: errno) }
        if let code = fill(descriptor, with: bytes) {
            close(descriptor)
            unlink(temporary)
            throw FileError(path, "cannot be written", code: code)
        }
        close(descriptor)
        guard rename(temporary, path) == 0 else {
            let code = errno
            unlink(temporary)
            throw FileError(path, "cannot be written", code: code)
        }
    }

    /// The `errno` of the call that failed, or nil.
    private static func fill(_ descriptor: Int32, with bytes: [UInt8]) -> Int32? {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count == 0 ? EIO : errno }
            offset += count
        }
        return fsync(descriptor) == 0 ? nil : errno
    }
}
