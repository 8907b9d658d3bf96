internal import Files
internal import Glibc
internal import Logging
internal import Secrets

/// Looks after a configuration file, and tells when its content is another one.
struct ConfigurationWatch: Sendable {
    let file: String
    /// The SHA-256 of what was read of it: a change since then counts, also one before the file is watched.
    let read: String?
    let logger: Logger

    /// How long the content must stay the same: whoever writes it may not be done.
    private static let calm = Duration.milliseconds(200)
    /// How long until a folder that cannot be watched is looked for again.
    private static let patience = Duration.seconds(2)

    /// Calls back for each new content until the task is cancelled.
    func run(changed: () async -> Void) async {
        var known = read
        var isWatched = true
        while !Task.isCancelled {
            let folders = folders
            do {
                let watch = try FolderWatch(folders)
                isWatched = true
                // What happened before the watch began.
                await look(&known, changed)
                for await _ in watch.changes {
                    await look(&known, changed)
                    guard folders == self.folders else { break }
                }
            } catch {
                if isWatched {
                    logger.warning("the configuration file is not watched", metadata: ["reason": "\(error)"])
                    isWatched = false
                }
                try? await Task.sleep(for: Self.patience)
            }
        }
    }

    /// The folder that the file is said to be in, and the one that links lead to.
    private var folders: Set<String> {
        var folders: Set<String> = [ModuleSearchPath.parent(of: file)]
        if let path = realpath(file, nil) {
            folders.insert(ModuleSearchPath.parent(of: String(cString: path)))
            free(path)
        }
        return folders
    }

    /// Of the content; nil where it cannot be read, as between the two steps in which some programs replace a file.
    private var digest: String? {
        guard let content = try? FileReader.read(file, limit: 1 << 20) else { return nil }
        return SHA256(hashing: content).hex
    }

    private func look(_ known: inout String?, _ changed: () async -> Void) async {
        var last = digest
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.calm)
            let now = digest
            if now == last { break }
            last = now
        }
        guard let last, last != known, !Task.isCancelled else { return }
        known = last
        await changed()
    }
}
