internal import Files
internal import Glibc

/// Keeps a second host away from a state folder, for as long as it lives; the system lets go of it with the process,
/// however that ends.
final class StateFolderLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `FileError` where another host uses the folder.
    init(_ folder: String) throws(FileError) {
        let path = "\(folder)/lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(path, "cannot be made", code: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            guard code == EWOULDBLOCK else { throw FileError(path, "cannot be locked", code: code) }
            let reason = "another host uses it; stop that one, or choose another folder with --state"
            throw FileError(folder, "cannot be used as state folder", reason: reason)
        }
    }

    deinit { close(descriptor) }
}
