internal import Dispatch
internal import Glibc

/// Tells that something in folders may have changed: by inotify, so that nothing is asked while nothing happens.
///
/// Folders are watched and not files in them: editors put a new file in the place of the old one, and Kubernetes mounts
/// a ConfigMap as links to a folder that it exchanges as a whole.
final class FolderWatch {
    /// Has an element for every change, or for several at once; ends when a folder is not what it was any more.
    let changes: AsyncStream<Void>
    private let source: any DispatchSourceRead

    /// What may be a change of a file.
    private static let changed =
        IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF
    /// After what a folder has to be looked for again.
    private static let gone = IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT

    /// - Throws: `FolderWatchError` where a folder is not there or the system watches as much as it may.
    init(_ folders: Set<String>) throws(FolderWatchError) {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { throw FolderWatchError(folders.first ?? "", code: errno) }
        for folder in folders where inotify_add_watch(descriptor, folder, UInt32(Self.changed)) < 0 {
            let code = errno
            close(descriptor)
            throw FolderWatchError(folder, code: code)
        }
        let (changes, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.changes = changes
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor)
        source.setEventHandler {
            let isGone = Self.masks(from: descriptor).contains { $0 & UInt32(Self.gone) != 0 }
            continuation.yield()
            if isGone { continuation.finish() }
        }
        source.setCancelHandler {
            continuation.finish()
            close(descriptor)
        }
        source.activate()
    }

    deinit { source.cancel() }

    /// What has happened since the last call.
    private static func masks(from descriptor: Int32) -> [UInt32] {
        var masks: [UInt32] = []
        let header = MemoryLayout<inotify_event>.size
        withUnsafeTemporaryAllocation(byteCount: 4_096, alignment: MemoryLayout<inotify_event>.alignment) { buffer in
            while true {
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                guard count > 0 else { return }
                var offset = 0
                while offset + header <= count {
                    let event = buffer.loadUnaligned(fromByteOffset: offset, as: (Int32, UInt32, UInt32, UInt32).self)
                    masks.append(event.1)
                    // Behind the header there is a name of this length.
                    offset += header + Int(event.3)
                }
            }
        }
        return masks
    }
}

/// A folder that cannot be watched.
struct FolderWatchError: Error, CustomStringConvertible {
    let description: String

    /// - Parameter code: an `errno`.
    init(_ folder: String, code: Int32) {
        description = "\(folder) cannot be watched: \(String(cString: strerror(code)))"
    }
}
