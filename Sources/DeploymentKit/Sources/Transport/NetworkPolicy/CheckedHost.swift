/// The addresses of a URL's host after all of them passed the policy; a connection goes to one of them or nowhere.
struct CheckedHost: Sendable {
    let addresses: [IPAddress]

    /// Resolves the host, within the deadline, and checks every address.
    init(
        _ url: URLParts,
        policy: NetworkPolicy,
        resolver: HostResolver,
        deadline: Duration
    ) async throws(TransportError) {
        let addresses = await Self.addresses(of: url.host, resolver: resolver, deadline: deadline)
        guard !Task.isCancelled else { throw TransportError(.cancelled, host: url.host, reason: "cancelled") }
        guard let addresses else {
            var error = TransportError(.timeout, host: url.host, reason: "the name service did not answer in time")
            error.isBeforeSending = true
            throw error
        }
        guard !addresses.isEmpty else {
            throw TransportError(.unresolvable, host: url.host, reason: "the host name has no address")
        }
        for address in addresses {
            guard let objection = policy.objection(to: address) else { continue }
            throw TransportError(.refusedByPolicy, host: url.host, reason: objection)
        }
        self.addresses = addresses
    }

    /// Nil when the deadline passes first.
    private static func addresses(of host: String, resolver: HostResolver, deadline: Duration) async -> [IPAddress]? {
        if let literal = IPAddress(host) { return [literal] }
        return await withTaskGroup(of: [IPAddress]?.self) { group in
            group.addTask { await resolver.resolve(host) }
            group.addTask {
                try? await Task.sleep(for: deadline)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    /// As CURLOPT_RESOLVE wants it: `host:port:address,[address]`.
    func pin(for url: URLParts) -> String {
        let list = addresses.map { $0.isIPv6 ? "[\($0)]" : "\($0)" }.joined(separator: ",")
        return "\(url.host):\(url.port):\(list)"
    }
}
