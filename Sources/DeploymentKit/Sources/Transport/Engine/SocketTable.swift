internal import CCurl
internal import Glibc

/// What libcurl wants to be watched for one client: its sockets and the moment of its next deadline. Belongs to the
/// process's I/O thread.
final class SocketTable {
    private var events: [curl_socket_t: Int16] = [:]
    private var deadline: ContinuousClock.Instant?
    private var ready: [(socket: curl_socket_t, mask: Int32)] = []
    /// Where this client's sockets stand among all that are polled.
    private var range = 0..<0

    /// Has libcurl keep this table. It must outlive the handle.
    func attach(to multi: UnsafeMutableRawPointer) -> Bool {
        let context = Unmanaged.passUnretained(self).toOpaque()
        let sockets = ccurl_watch_sockets(
            multi, { _, socket, what, table, _ in SocketTable.watch(socket, what, table) }, context)
        let timer = ccurl_watch_timer(multi, { _, time, table in SocketTable.schedule(time, table) }, context)
        return sockets == CURLM_OK && timer == CURLM_OK
    }

    /// Tells libcurl about sockets that are ready, and that a deadline has passed.
    func drive(_ multi: UnsafeMutableRawPointer) {
        var running: Int32 = 0
        for (socket, mask) in ready where events[socket] != nil {
            curl_multi_socket_action(multi, socket, mask, &running)
        }
        ready.removeAll(keepingCapacity: true)
        // Bounded, so that no client keeps the others waiting; what is left is due at the next turn.
        for _ in 0..<8 {
            guard let deadline, deadline <= .now else { return }
            self.deadline = nil
            curl_multi_socket_action(multi, ccurl_bad_socket(), 0, &running)
        }
    }

    func addDescriptors(to descriptors: inout [pollfd]) {
        let first = descriptors.count
        descriptors += events.map { pollfd(fd: $0.key, events: $0.value, revents: 0) }
        range = first..<descriptors.count
    }

    func takeResults(of descriptors: [pollfd]) {
        for descriptor in descriptors[range] where descriptor.revents != 0 {
            let found = Int32(descriptor.revents)
            var mask: Int32 = 0
            if found & (POLLIN | POLLHUP) != 0 { mask |= Int32(CURL_CSELECT_IN) }
            if found & POLLOUT != 0 { mask |= Int32(CURL_CSELECT_OUT) }
            if found & (POLLERR | POLLNVAL) != 0 { mask |= Int32(CURL_CSELECT_ERR) }
            ready.append((descriptor.fd, mask))
        }
    }

    /// Until the next deadline; nil for none.
    var milliseconds: Int32? {
        guard let deadline else { return nil }
        let left = ContinuousClock.now.duration(to: deadline)
        guard left > .zero else { return 0 }
        // Rounded up, as poll must not return before the deadline.
        return Int32(min(left / .milliseconds(1), 60_000)) + 1
    }

    private static func watch(
        _ socket: curl_socket_t,
        _ what: Int32,
        _ context: UnsafeMutableRawPointer?
    ) -> Int32 {
        guard let context else { return 0 }
        let table = Unmanaged<SocketTable>.fromOpaque(context).takeUnretainedValue()
        switch what {
        case CURL_POLL_IN: table.events[socket] = Int16(POLLIN)
        case CURL_POLL_OUT: table.events[socket] = Int16(POLLOUT)
        case CURL_POLL_INOUT: table.events[socket] = Int16(POLLIN | POLLOUT)
        default: table.events[socket] = nil
        }
        return 0
    }

    private static func schedule(_ milliseconds: Int, _ context: UnsafeMutableRawPointer?) -> Int32 {
        guard let context else { return 0 }
        let table = Unmanaged<SocketTable>.fromOpaque(context).takeUnretainedValue()
        table.deadline = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
        return 0
    }
}
