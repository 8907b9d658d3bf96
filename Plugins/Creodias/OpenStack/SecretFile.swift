internal import Glibc
internal import Secrets

/// A file with nothing but a secret in it, as administrators mount it.
enum SecretFile {
    private static let limit = 64 << 10

    /// The content without blanks and line ends around it; nil where there is none.
    static func read(_ path: String) -> SecretBytes? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        defer { bytes.withUnsafeMutableBytes { if let start = $0.baseAddress { explicit_bzero(start, $0.count) } } }
        var count = 0
        while count <= limit {
            let got = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(file, buffer.baseAddress.map { $0 + count }, limit + 1 - count)
            }
            guard got >= 0 else { return nil }
            if got == 0 { break }
            count += got
        }
        guard count <= limit else { return nil }
        let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        guard let first = bytes[..<count].firstIndex(where: { !isBlank($0) }),
            let last = bytes[..<count].lastIndex(where: { !isBlank($0) })
        else { return nil }
        return bytes.withUnsafeBytes { buffer in
            var copy = Array(buffer[first...last])
            defer { copy.withUnsafeMutableBytes { if let start = $0.baseAddress { explicit_bzero(start, $0.count) } } }
            return SecretBytes(copy)
        }
    }
}
