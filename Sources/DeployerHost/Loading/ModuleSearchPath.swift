import Files
import Glibc

/// The folders in which modules are looked for, the first one first.
public struct ModuleSearchPath: Sendable, Hashable {
    /// The folders in the order in which they are searched.
    public let folders: [String]

    /// Beside the executable, then the configured folders, then the folder `targets` beside the executable, where an
    /// installation has its modules (`<prefix>/lib/graphene-deployer/targets`).
    public init(executable: String, configured: [String] = []) {
        let folder = Self.parent(of: executable)
        folders = [folder] + configured + [(folder == "/" ? "" : folder) + "/targets"]
    }

    /// The search path of this process.
    public static func ofThisProcess(configured: [String] = []) -> ModuleSearchPath {
        ModuleSearchPath(executable: executable() ?? "/", configured: configured)
    }

    /// The first folder with a file of that name decides: a bad file is refused, not passed over.
    func locate(_ fileName: String) throws(ModuleProblem) -> String {
        for folder in folders {
            let path = folder + "/" + fileName
            if FileStatus(ofLinkAt: path) != nil || errno != ENOENT && errno != ENOTDIR { return path }
        }
        throw .missing(fileName, folders: folders)
    }

    /// Whether a file lies where the installation has its modules: beside the executable, or in `targets` there.
    func isOfInstallation(_ path: String) -> Bool {
        let folder = Self.parent(of: path)
        return folder == folders.first || folder == folders.last
    }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func executable() -> String? {
        guard let path = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(path) }
        return String(cString: path)
    }
}
