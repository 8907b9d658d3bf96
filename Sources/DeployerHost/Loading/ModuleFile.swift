import Files
import Glibc

/// The opened file of a module, checked for kind, owner and rights.
///
/// A symbolic link is followed once, because packages install `libX.so` as a link to `libX.so.1`; the rules hold for
/// the folder of the link as for the file and its folder. Whoever may write neither cannot exchange the file.
final class ModuleFile {
    /// Where the module was found.
    let path: String
    /// The file itself, without symbolic links.
    let resolvedPath: String
    private let descriptor: CInt
    private let status: FileStatus

    /// - Throws: `ModuleRejection` with all that is wrong.
    init(opening path: String, expecting expectations: ModuleExpectations) throws(ModuleRejection) {
        let name = Self.name(of: path)
        guard let resolved = realpath(path, nil) else {
            throw ModuleRejection(.unreadable(name, reason: String(cString: strerror(errno))))
        }
        resolvedPath = String(cString: resolved)
        free(resolved)
        self.path = path
        // Devices are not even opened.
        if let status = FileStatus(at: resolvedPath), !status.isRegularFile {
            throw ModuleRejection(.kind(name, mode: status.mode))
        }
        let descriptor = open(resolvedPath, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0, let status = FileStatus(ofDescriptor: descriptor) else {
            throw ModuleRejection(.unreadable(name, reason: String(cString: strerror(errno))))
        }
        self.descriptor = descriptor
        self.status = status
        guard status.isRegularFile else { throw ModuleRejection(.kind(name, mode: status.mode)) }
        let problems = problems(expecting: expectations)
        guard problems.isEmpty else { throw ModuleRejection(problems) }
    }

    deinit { close(descriptor) }

    var name: String { Self.name(of: path) }
    var size: Int { status.size }

    /// The whole content, read from the file that was checked.
    func bytes() throws(ModuleProblem) -> [UInt8] {
        var failure: String?
        let content = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < buffer.count {
                let got = pread(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count, off_t(count))
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = String(cString: strerror(errno)) }
                guard got > 0 else { return }
                count += got
            }
        }
        if let failure { throw .unreadable(name, reason: failure) }
        return content
    }

    /// Whether the path still leads to the file that was checked, unchanged.
    var isUnchanged: Bool { FileStatus(ofLinkAt: resolvedPath) == status }

    private func problems(expecting expectations: ModuleExpectations) -> [ModuleProblem] {
        var problems: [ModuleProblem] = []
        if !expectations.owners.contains(status.user) {
            problems.append(.owner(name, path: resolvedPath, user: status.user, allowed: expectations.owners))
        }
        if status.isWritableForOthers {
            problems.append(.writable(name, path: resolvedPath, mode: status.mode))
        }
        let linkFolder = realpath(ModuleSearchPath.parent(of: path), nil)
        let folders = [ModuleSearchPath.parent(of: resolvedPath), linkFolder.map { String(cString: $0) }]
        free(linkFolder)
        for folder in Set(folders.compactMap { $0 }).sorted() {
            problems += folderProblems(folder, owners: expectations.owners)
        }
        if size == 0 { problems.append(.empty(name)) }
        if size > expectations.largestFile {
            problems.append(.tooLarge(name, size: size, limit: expectations.largestFile))
        }
        return problems
    }

    private func folderProblems(_ folder: String, owners: Set<UInt32>) -> [ModuleProblem] {
        guard let status = FileStatus(at: folder) else {
            return [.unreadable(name, reason: String(cString: strerror(errno)))]
        }
        var problems: [ModuleProblem] = []
        if !owners.contains(status.user) {
            problems.append(.folderOwner(name, folder: folder, user: status.user, allowed: owners))
        }
        if status.isWritableForOthers {
            problems.append(.folderWritable(name, folder: folder, mode: status.mode))
        }
        return problems
    }

    static func name(of path: String) -> String { String(path.split(separator: "/").last ?? "") }
}
