internal import Dispatch
internal import CCurl
internal import Glibc
internal import Synchronization

/// Finds the addresses of a host name; a function, so that tests answer for the name service.
struct HostResolver: Sendable {
    /// The addresses of a host, empty where it has none.
    let resolve: @Sendable (_ host: String) async -> [IPAddress]

    /// The system's name service. It blocks, so it runs on threads of Dispatch, never on those of tasks; a caller
    /// that is cancelled or waits longer than the deadline goes on without the answer.
    static let system = HostResolver { host in
        let answer = Answer()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                answer.wait(continuation)
                DispatchQueue.global().async { answer.give(lookUp(host)) }
            }
        } onCancel: {
            answer.give([])
        }
        return answer.addresses
    }

    private static func lookUp(_ host: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0, let list else { return [] }
        defer { freeaddrinfo(list) }
        return sequence(first: list, next: { $0.pointee.ai_next })
            .compactMap { $0.pointee.ai_addr.flatMap { IPAddress($0) } }
    }
}

/// The first answer counts and wakes the one who waits.
private final class Answer: Sendable {
    private struct State {
        var addresses: [IPAddress]?
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    var addresses: [IPAddress] { state.withLock { $0.addresses ?? [] } }

    func wait(_ continuation: CheckedContinuation<Void, Never>) {
        let isAnswered = state.withLock { state in
            guard state.addresses == nil else { return true }
            state.waiter = continuation
            return false
        }
        if isAnswered { continuation.resume() }
    }

    func give(_ addresses: [IPAddress]) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.addresses == nil else { return nil }
            state.addresses = addresses
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}
