/// Where a shared folder may be mounted.
enum MountPath {
    /// What an author gets who left the folder unnamed or named it impossibly.
    static let standard = "/data/shared"

    /// A path without empty components and without a slash at its end; texts that are no absolute path stay.
    static func normalized(_ path: String) -> String {
        guard path.hasPrefix("/") else { return path }
        return "/" + path.split(separator: "/").joined(separator: "/")
    }

    /// What is wrong with a path, as a phrase; nil where containers can mount something there.
    static func problem(of path: String) -> String? {
        guard path.hasPrefix("/") else { return "is not an absolute path" }
        guard path.utf8.count <= 255, path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !":\\\"'`$,".utf8.contains($0) })
        else {
            return "is too long or holds characters a mount path must not have"
        }
        let components = path.split(separator: "/")
        guard let first = components.first else { return "is the root of the file system" }
        guard !components.contains("."), !components.contains("..") else { return "holds . or .. components" }
        let isRuntimeFolder = components.starts(with: ["var", "run"])
        guard !isRuntimeFolder, !systemFolders.contains(String(first).lowercased()) else {
            return "lies in a folder of the system"
        }
        return nil
    }

    private static let systemFolders: Set<String> = [
        "bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "proc", "root", "run", "sbin", "sys", "usr",
    ]
}
