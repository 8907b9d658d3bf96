internal import CCurl

/// The parts of an http or https URL, as libcurl reads it: what is checked is what is called.
public struct URLParts: Sendable, Hashable {
    /// `http` or `https`.
    public let scheme: String
    /// Lower case; an IPv6 address without brackets; numeric forms of IPv4 as four decimal numbers.
    public private(set) var host: String
    /// The port of the URL, or the scheme's.
    public let port: Int
    /// Percent-encoded, begins with a slash.
    public private(set) var path: String
    /// Percent-encoded, without the question mark; nil where there is none.
    public private(set) var query: String?

    /// Reads an absolute URL.
    /// - Throws: `invalidURL` for other schemes, user and password, host names beyond ASCII, blanks.
    public init(_ text: String) throws(TransportError) {
        guard text.utf8.count <= 8_192, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Self.invalid("the URL holds blanks or characters beyond ASCII, or is longer than 8192 characters")
        }
        guard let handle = curl_url() else { throw Self.invalid("libcurl is out of memory") }
        defer { curl_url_cleanup(handle) }
        guard curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK,
            let scheme = Self.part(CURLUPART_SCHEME, of: handle)?.lowercased(), ["http", "https"].contains(scheme)
        else { throw Self.invalid("this is not an absolute http or https URL") }
        guard Self.part(CURLUPART_USER, of: handle) == nil, Self.part(CURLUPART_PASSWORD, of: handle) == nil else {
            throw Self.invalid("the URL holds a user name or password")
        }
        guard Self.part(CURLUPART_ZONEID, of: handle) == nil else { throw Self.invalid("the URL holds a zone id") }
        guard let host = Self.part(CURLUPART_HOST, of: handle).map(Self.plainHost), !host.isEmpty, !host.contains("%"),
            let port = Self.part(CURLUPART_PORT, of: handle, flags: UInt32(CURLU_DEFAULT_PORT)).flatMap({ Int($0) }),
            (1...65_535).contains(port)
        else { throw Self.invalid("the URL has no usable host or port") }
        self.scheme = scheme
        self.host = host
        self.port = port
        path = Self.part(CURLUPART_PATH, of: handle) ?? "/"
        query = Self.part(CURLUPART_QUERY, of: handle)
    }

    /// The URL with more path segments, each percent-encoded as data: a slash or a brace in a segment stays in it.
    /// - Throws: `invalidURL` for a segment that is empty, `.` or `..`.
    public func appending(segments: [String]) throws(TransportError) -> URLParts {
        var result = self
        while result.path.hasSuffix("/") { result.path.removeLast() }
        for segment in segments {
            guard !["", ".", ".."].contains(segment) else {
                throw TransportError(.invalidURL, host: host, reason: "a path segment is empty or leads upwards")
            }
            result.path += "/" + Self.percentEncoded(segment)
        }
        return result
    }

    /// The URL with these query items, percent-encoded, instead of its own.
    public func with(query items: KeyValuePairs<String, String>) -> URLParts {
        var result = self
        let pairs = items.map { Self.percentEncoded($0.key) + "=" + Self.percentEncoded($0.value) }
        result.query = pairs.isEmpty ? nil : pairs.joined(separator: "&")
        return result
    }

    /// The URL with another host.
    func with(host: String) -> URLParts {
        var result = self
        result.host = host
        return result
    }

    /// `host:port`, with brackets around an IPv6 address.
    public var authority: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }

    /// The URL as text. A port is written only where it is not the scheme's.
    public var text: String {
        let usual = scheme == "https" ? 443 : 80
        let authority = port == usual ? String(authority.dropLast(":\(port)".count)) : authority
        return "\(scheme)://\(authority)\(path)" + (query.map { "?\($0)" } ?? "")
    }

    /// Letters, digits, `-`, `.`, `_` and `~` stay (RFC 3986, section 2.3); every other byte becomes `%XX`.
    public static func percentEncoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, byte in
            let isPlain =
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte.asciiLowercased)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-._~".utf8.contains(byte)
            if isPlain {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer, flags: UInt32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    private static func plainHost(_ host: String) -> String {
        let host = host.lowercased()
        if host.hasPrefix("["), host.hasSuffix("]") { return String(host.dropFirst().dropLast()) }
        // A trailing dot names the same host but would miss the pinned address.
        return host.hasSuffix(".") ? String(host.dropLast()) : host
    }

    private static func invalid(_ reason: String) -> TransportError {
        TransportError(.invalidURL, host: "", reason: reason)
    }
}
