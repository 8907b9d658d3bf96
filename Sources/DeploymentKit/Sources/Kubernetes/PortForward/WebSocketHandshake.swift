internal import Cryptography
internal import Documents
internal import Secrets
internal import Transport

/// The request that turns a connection into a WebSocket, and the check of its answer (RFC 6455, section 4).
struct WebSocketHandshake: Sendable {
    static let subprotocol = "v4.channel.k8s.io"
    private static let headLimit = 64 << 10
    private let key: String

    /// - Parameter nonce: 16 random bytes.
    init(nonce: [UInt8]) { key = String(decoding: Base64.encode(nonce), as: UTF8.self) }

    init() {
        var random = SystemRandomNumberGenerator()
        self.init(nonce: (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }

    /// The request as it is sent.
    func request(for url: URLParts, authorization: HTTPAuthorization?) -> [UInt8] {
        var bytes = Array(
            """
            GET \(url.path)\(url.query.map { "?\($0)" } ?? "") HTTP/1.1\r
            Host: \(url.authority)\r
            User-Agent: graphene-deployer\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: \(key)\r
            Sec-WebSocket-Protocol: \(Self.subprotocol)\r

            """.utf8
        )
        if let authorization {
            bytes += Array("Authorization: ".utf8)
            authorization.value.withBytes { bytes.append(contentsOf: $0) }
            bytes += Array("\r\n".utf8)
        }
        return bytes + Array("\r\n".utf8)
    }

    /// What the server has to answer to the key.
    var acceptance: String {
        let text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        return String(decoding: Base64.encode(SHA1.digest(of: Array(text.utf8))), as: UTF8.self)
    }

    /// How many of the bytes the answer's header takes; nil while it is not complete.
    static func headCount(in bytes: [UInt8]) throws(PortForwardError) -> Int? {
        let end = Array("\r\n\r\n".utf8)
        let searched = min(bytes.count, headLimit)
        var place = 0
        while place + end.count <= searched {
            if bytes[place] == end[0], bytes[place..<(place + end.count)].elementsEqual(end) {
                return place + end.count
            }
            place += 1
        }
        guard bytes.count < headLimit else {
            throw PortForwardError(.broken, reason: "the header of the API server's answer is too large")
        }
        return nil
    }

    /// Checks the header of an answer.
    /// - Returns: Nil for an upgraded connection, else the refusal's status and the length of its body, if told.
    func check(head: [UInt8]) throws(PortForwardError) -> (status: Int, length: Int?)? {
        let lines = String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline)
        let words = lines.first?.split(separator: " ", maxSplits: 2) ?? []
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw PortForwardError(.broken, reason: "the API server does not answer in HTTP/1.1")
        }
        var headers = HTTPHeaders()
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
            headers.append(
                String(parts[0]), String(parts[1].drop(while: blank).reversed().drop(while: blank).reversed()))
        }
        guard status == 101 else { return (status, headers["Content-Length"].flatMap { Int($0) }) }
        guard headers["Upgrade"]?.lowercased() == "websocket", headers["Sec-WebSocket-Accept"] == acceptance else {
            throw PortForwardError(.broken, reason: "the API server's upgrade to WebSocket is not valid")
        }
        guard headers["Sec-WebSocket-Protocol"] == Self.subprotocol else {
            throw PortForwardError(.subprotocol, reason: "the API server does not offer \(Self.subprotocol)")
        }
        return nil
    }

    /// The error of a refusal. Of its body only the message of a Kubernetes `Status` is used; the framing of a chunked
    /// body around the object does not matter.
    static func refusal(status: Int, body: [UInt8]) -> PortForwardError {
        let start = body.firstIndex(of: UInt8(ascii: "{")) ?? body.endIndex
        let end = body.lastIndex(of: UInt8(ascii: "}")) ?? body.startIndex
        let limits = DocumentLimits.request
        guard start < end, let object = try? Document(json: Array(body[start...end]), limits: limits),
            object["kind"]?.string == "Status", let message = object["message"]?.string
        else { return PortForwardError(.refused, status: status, reason: "it gave no reason") }
        let isSubprotocol = status == 400 && message.lowercased().contains("protocol")
        return PortForwardError(isSubprotocol ? .subprotocol : .refused, status: status, reason: message)
    }
}
