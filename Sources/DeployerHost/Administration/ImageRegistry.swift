/// Where images may come from: a registry, or a part of one. `docker.io`, `registry.example.org:5000/team`.
public struct ImageRegistry: Sendable, Hashable, CustomStringConvertible {
    /// Name and port of the registry, in lower case.
    let host: String
    /// What the path of an image begins with, component by component; empty for the whole registry.
    let path: [Substring]

    /// Nil unless it is `host[:port][/path]` with a host that image references take for one: it has a dot or a port, or
    /// is `localhost`. There is no scheme, tag, digest or pattern in it.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let host = parts.first.map(String.init), ImageSource.isHost(host), Self.isHostName(host) else {
            return nil
        }
        let path = Array(parts.dropFirst())
        guard text.utf8.count <= 255, path.allSatisfy(Self.isComponent) else { return nil }
        self.host = ImageSource.canonical(host)
        self.path = path
    }

    /// As it is written in an image reference.
    public var description: String { ([host[...]] + path).joined(separator: "/") }

    /// Whether an image comes from here.
    /// - Parameter image: a reference as container runtimes take it.
    public func holds(_ image: String) -> Bool {
        let source = ImageSource(image)
        return source.host == host && source.path.starts(with: path)
    }

    private static func isHostName(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, !parts[0].isEmpty,
            parts[0].utf8.allSatisfy({ isAlphanumeric($0) || ".-".utf8.contains($0) })
        else { return false }
        return parts.count == 1 || parts[1].allSatisfy { $0.isASCII && $0.isNumber } && UInt16(parts[1]) != nil
    }

    private static func isComponent(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last) && text.lowercased() == text
            && text.utf8.allSatisfy { isAlphanumeric($0) || "._-".utf8.contains($0) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
}
