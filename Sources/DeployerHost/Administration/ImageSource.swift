/// The registry and the path of an image reference, with what container runtimes add to it.
struct ImageSource: Hashable, Sendable {
    /// Docker Hub, whose name references may leave out.
    static let dockerHub = "docker.io"

    /// Name and port of the registry, in lower case.
    let host: String
    /// The components of the repository.
    let path: [Substring]

    /// - Parameter reference: `[host[:port]/]repository[:tag][@digest]`, as passes have checked it.
    init(_ reference: String) {
        let name = reference.prefix { $0 != "@" }
        var components = name.split(separator: "/")
        if let last = components.popLast() { components.append(last.prefix { $0 != ":" }) }
        if components.count > 1, let first = components.first, Self.isHost(String(first)) {
            // Of `host:port/image` the port is no tag: only the last component has one.
            host = Self.canonical(String(first))
            components.removeFirst()
        } else {
            host = Self.dockerHub
        }
        // What Docker Hub calls its own images.
        path = host == Self.dockerHub && components.count == 1 ? ["library"] + components : components
    }

    /// Whether the first component of a reference is a registry and not a user of Docker Hub.
    static func isHost(_ component: String) -> Bool {
        component.contains(".") || component.contains(":") || component == "localhost"
    }

    /// One name for each registry.
    static func canonical(_ host: String) -> String {
        let host = host.lowercased()
        return ["index.docker.io", "registry-1.docker.io"].contains(host) ? dockerHub : host
    }
}
