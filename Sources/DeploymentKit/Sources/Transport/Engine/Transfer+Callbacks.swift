internal import CCurl
internal import Glibc

extension Transfer {
    func setCallbacks() -> Bool {
        let context = Unmanaged.passUnretained(self).toOpaque()
        let results = [
            ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText),
            ccurl_set_receiver(easy, CURLOPT_WRITEFUNCTION) { Transfer.receive($0, $1 * $2, $3) { $0.take($1) } },
            ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context),
            ccurl_set_receiver(easy, CURLOPT_HEADERFUNCTION) {
                Transfer.receive($0, $1 * $2, $3) { $0.take(line: $1) }
            },
            ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context),
            ccurl_set_opener(easy) { context, _, address in Transfer.open(context, address) },
            ccurl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, context),
        ]
        return results.allSatisfy { $0 == CURLE_OK }
    }

    /// Bytes of the body. False ends the transfer.
    private func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard case .stream(let inbox, _) = delivery else { return reception.take(bytes) }
        guard (200..<300).contains(reception.status) || reception.admit(bytes.count) else { return false }
        let unread = inbox.queue.put(bytes)
        guard job.isPausable else { return reception.admitUnread(unread) }
        isFull = unread >= ByteQueue.capacity
        return true
    }

    /// A line of the header or of the trailers.
    private func take(line: UnsafeRawBufferPointer) -> Bool {
        guard reception.take(line: line) else { return false }
        if case .stream(_, let completion) = delivery, reception.isHeaderComplete, !isHeadGiven {
            isHeadGiven = true
            completion(.success(StreamHead(status: reception.status, headers: reception.headers)))
        }
        return true
    }

    /// Anything but the count given ends the transfer.
    private static func receive(
        _ bytes: UnsafeMutablePointer<CChar>?,
        _ count: Int,
        _ context: UnsafeMutableRawPointer?,
        _ take: (Transfer, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard let context, count > 0 else { return count }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        return take(transfer, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
    }

    /// The last gate of the policy: whatever led libcurl to an address, an unchecked one gets no socket.
    private static func open(
        _ context: UnsafeMutableRawPointer?,
        _ target: UnsafeMutablePointer<curl_sockaddr>?
    ) -> curl_socket_t {
        guard let context, let target else { return ccurl_bad_socket() }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        if let host = transfer.job.host {
            guard let address = IPAddress(&target.pointee.addr), host.addresses.contains(address) else {
                return ccurl_bad_socket()
            }
        }
        let type = target.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        return socket(target.pointee.family, type, target.pointee.protocol)
    }
}
