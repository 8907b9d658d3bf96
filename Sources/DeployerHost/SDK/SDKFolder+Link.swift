internal import Glibc

extension SDKFolder {
    /// What a link in a package has to lead to, so that it reaches this folder: the path as it is where it is absolute;
    /// otherwise the way from the package, so that both can move together.
    /// - Throws: `SDKError` where a folder above one of them cannot be resolved.
    public func link(from package: String) throws(SDKError) -> String {
        if path.hasPrefix("/") { return path }
        return Self.way(from: try Self.resolved(package), to: try Self.resolved(path))
    }

    /// The way from one folder to another; both are absolute, without links and without `.` and `..`.
    static func way(from folder: String, to destination: String) -> String {
        let from = folder.split(separator: "/")
        let to = destination.split(separator: "/")
        let common = zip(from, to).prefix { $0 == $1 }.count
        let steps = Array(repeating: "..", count: from.count - common) + to.dropFirst(common).map(String.init)
        return steps.isEmpty ? "." : steps.joined(separator: "/")
    }

    /// Resolves what there is of a path; its last component may be missing, or be a link that is to stay.
    private static func resolved(_ path: String) throws(SDKError) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        let isPlain = !["", ".", ".."].contains(name)
        let folder = isPlain ? ModuleSearchPath.parent(of: path) : path
        guard let text = realpath(folder, nil) else {
            throw .unreadable(path, reason: "\(folder): \(String(cString: strerror(errno)))")
        }
        defer { free(text) }
        let resolved = String(cString: text)
        return isPlain ? (resolved == "/" ? "/\(name)" : "\(resolved)/\(name)") : resolved
    }
}
