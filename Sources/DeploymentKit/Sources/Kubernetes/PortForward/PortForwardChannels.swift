/// The channels of `v4.channel.k8s.io` for one port: the first byte of a message is the channel, 0 for data and 1 for
/// errors, and the first message of each channel repeats the port in two bytes.
struct PortForwardChannels: Sendable {
    enum Event: Sendable, Hashable {
        case data([UInt8])
        /// Why nothing can be forwarded, in the node's words.
        case failure(String)
    }

    private var portBytesLeft = [2, 2]

    /// What a message brings, if anything.
    mutating func take(_ message: [UInt8]) throws(PortForwardError) -> Event? {
        guard let first = message.first else { return nil }
        let channel = Int(first)
        guard portBytesLeft.indices.contains(channel) else {
            throw PortForwardError(.broken, reason: "a message is for a channel that was not opened")
        }
        let dropped = min(portBytesLeft[channel], message.count - 1)
        portBytesLeft[channel] -= dropped
        let payload = message.dropFirst(1 + dropped)
        guard !payload.isEmpty else { return nil }
        guard channel == 1 else { return .data(Array(payload)) }
        return .failure(PortForwardError.printable(String(decoding: payload, as: UTF8.self)))
    }

    /// Data as a message for the pod.
    static func message(of data: some Collection<UInt8>) -> [UInt8] { [0] + data }
}
