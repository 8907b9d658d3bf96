internal import Glibc

/// Reads whole files, up to a limit.
public enum FileReader {
    /// The bytes of a regular file; `-` stands for standard input.
    /// - Throws: `FileError`, also where there are more than `limit` bytes.
    public static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        let descriptor = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(path, "cannot be read", code: errno) }
        defer { close(descriptor) }
        let isRegularFile = FileStatus(ofDescriptor: descriptor)?.isRegularFile ?? false
        guard path == "-" || isRegularFile else {
            throw FileError(path, "cannot be read", reason: "it is not a regular file")
        }
        switch contents(of: descriptor, limit: limit) {
        case .bytes(let bytes): return bytes
        case .tooLarge: throw FileError(path, "cannot be read", reason: "it has more than \(limit) bytes")
        case .failed(let code): throw FileError(path, "cannot be read", code: code)
        }
    }

    /// What reading an open file to its end came to.
    enum Contents {
        case bytes([UInt8])
        case tooLarge
        /// With an `errno`.
        case failed(Int32)
    }

    static func contents(of descriptor: Int32, limit: Int) -> Contents {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return .failed(errno) }
            guard count > 0 else { return .bytes(bytes) }
            bytes += chunk[..<count]
            guard bytes.count <= limit else { return .tooLarge }
        }
    }
}
