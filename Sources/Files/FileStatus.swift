internal import Glibc

/// What the file system says of a file.
public struct FileStatus: Equatable, Sendable {
    /// Type and permissions, as in `st_mode`.
    public let mode: UInt32
    /// The id of the owner.
    public let user: UInt32
    /// Bytes.
    public let size: Int
    private let device: UInt
    private let inode: UInt
    private let modified: [Int]

    /// Of what a path leads to; nil leaves the reason in `errno`.
    public init?(at path: String) { self.init { stat(path, $0) } }
    /// Of a path itself, even if it is a symbolic link.
    public init?(ofLinkAt path: String) { self.init { lstat(path, $0) } }
    /// The status of an open file; nil where there is none.
    public init?(ofDescriptor descriptor: CInt) { self.init { fstat(descriptor, $0) } }

    private init?(_ read: (UnsafeMutablePointer<stat>) -> CInt) {
        var status = stat()
        guard read(&status) == 0 else { return nil }
        mode = status.st_mode
        user = status.st_uid
        size = Int(status.st_size)
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
        modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    }

    /// Whether it is a folder.
    public var isFolder: Bool { mode & S_IFMT == S_IFDIR }
    /// Whether it is a regular file.
    public var isRegularFile: Bool { mode & S_IFMT == S_IFREG }
    /// Whether users other than the owner may write.
    public var isWritableForOthers: Bool { mode & 0o022 != 0 }
}
