internal import Glibc

/// An abstract Unix socket (unix(7)) with a name nobody can guess, on which this process waits for itself.
final class LocalListener: Sendable {
    let name: String
    let descriptor: Int32

    /// - Throws: `failed` if the system has no socket to give.
    init() throws(TransportError) {
        var random = SystemRandomNumberGenerator()
        name = "graphene-" + String(random.next(), radix: 36) + String(random.next(), radix: 36)
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0, Self.bind(descriptor, name), listen(descriptor, 4) == 0 else {
            throw TransportError(.failed, host: "", reason: "the system gives no local socket")
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The one connection of this very process and user; others are closed. Nil if there is none now.
    func accept() -> SocketEndpoint? {
        while true {
            let peer = Glibc.accept(descriptor, nil, nil)
            guard peer >= 0 else { return nil }
            let endpoint = SocketEndpoint(peer)
            guard Self.isOwn(peer), fcntl(peer, F_SETFL, O_NONBLOCK) == 0, fcntl(peer, F_SETFD, FD_CLOEXEC) == 0 else {
                continue
            }
            // Whoever comes next is refused.
            shutdown(descriptor, Int32(SHUT_RDWR))
            return endpoint
        }
    }

    private static func isOwn(_ peer: Int32) -> Bool {
        // The fields of struct ucred (unix(7)), which glibc shows to C with _GNU_SOURCE only.
        var credentials: (process: pid_t, user: uid_t, group: gid_t) = (0, 0, 0)
        var size = socklen_t(MemoryLayout.size(ofValue: credentials))
        guard getsockopt(peer, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0 else { return false }
        return credentials.process == getpid() && credentials.user == getuid()
    }

    private static func bind(_ descriptor: Int32, _ name: String) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // Abstract names begin with a NUL and end where the address does.
        let offset = MemoryLayout.offset(of: \sockaddr_un.sun_path) ?? 2
        withUnsafeMutableBytes(of: &address) { bytes in
            UnsafeMutableRawBufferPointer(rebasing: bytes[(offset + 1)...]).copyBytes(from: name.utf8)
        }
        let size = socklen_t(offset + 1 + name.utf8.count)
        return withUnsafeBytes(of: &address) { bytes in
            guard let pointer = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress else { return false }
            return Glibc.bind(descriptor, pointer, size) == 0
        }
    }
}
