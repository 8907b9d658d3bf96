internal import Glibc

/// A connection over a socket of this machine.
final class SocketEndpoint: Endpoint {
    let descriptor: Int32

    /// Takes over a socket that does not block.
    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> EndpointResult {
        let count = Glibc.recv(descriptor, buffer.baseAddress, buffer.count, 0)
        return count == 0 ? .end : result(count)
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> EndpointResult {
        result(Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL)))
    }

    private func result(_ count: Int) -> EndpointResult {
        if count >= 0 { return .count(count) }
        if [EAGAIN, EWOULDBLOCK, EINTR].contains(errno) { return .again }
        return .failure(TransportError(.failed, host: "", reason: "the local connection broke"))
    }
}
