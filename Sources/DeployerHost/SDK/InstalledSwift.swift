internal import ContractVersions
internal import Glibc
internal import TargetContract

/// The Swift compiler that the developer's commands find.
public enum InstalledSwift {
    /// Asks `swiftc` in PATH for its version.
    /// - Throws: `SDKError` unless it is the compiler of this host; Swift has no stable ABI on Linux.
    public static func check() throws(SDKError) {
        let expected = Toolchain.version
        guard let found = NoteSource.compiler(in: versionText()) else { throw .noSwift(expected: expected) }
        guard found == expected else { throw .swift(found: found, expected: expected) }
    }

    /// What `swiftc --version` prints; empty where it cannot be run.
    private static func versionText() -> String {
        guard let stream = popen("swiftc --version 2>/dev/null", "re") else { return "" }
        defer { pclose(stream) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = fread(&bytes, 1, bytes.count, stream)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
