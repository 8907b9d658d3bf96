internal import CCurl

extension Transfer {
    /// Tells libcurl all about the request. False if it refuses an option.
    func configure() -> Bool {
        let request = job.request
        var options = OptionSetter(easy: easy)
        options.set(CURLOPT_NOSIGNAL, 1)
        options.set(CURLOPT_URL, (job.serverName.map { job.url.with(host: $0) } ?? job.url).text)
        options.set(CURLOPT_PATH_AS_IS, 1)
        options.set(CURLOPT_PROTOCOLS_STR, "http,https")
        options.set(CURLOPT_FOLLOWLOCATION, 0)
        // An empty proxy, as opposed to none, keeps libcurl from reading http_proxy and its like.
        options.set(CURLOPT_PROXY, "")
        options.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        options.set(CURLOPT_USERAGENT, "graphene-deployer")
        options.set(CURLOPT_CONNECTTIMEOUT_MS, request.deadlines.connect.milliseconds)
        if let total = request.deadlines.total { options.set(CURLOPT_TIMEOUT_MS, total.milliseconds) }
        setConnection(&options)
        setTLS(&options)
        setMethod(&options)
        return options.areAccepted && setHeaders() && setPins() && setCallbacks()
    }

    private func setConnection(_ options: inout OptionSetter) {
        switch job.request.version {
        case .automatic: options.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        case .http1: options.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        case .http2PriorKnowledge: options.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE)
        }
        if job.request.usesOwnConnection {
            options.set(CURLOPT_FRESH_CONNECT, 1)
            options.set(CURLOPT_FORBID_REUSE, 1)
        } else if job.url.scheme == "https", job.request.version == .automatic {
            // Rather another stream of a connection that is being made than a further connection.
            options.set(CURLOPT_PIPEWAIT, 1)
        }
        if let name = job.request.abstractSocket { options.set(CURLOPT_ABSTRACT_UNIX_SOCKET, name) }
        if case .connection = delivery { options.set(CURLOPT_CONNECT_ONLY, 1) }
    }

    private func setTLS(_ options: inout OptionSetter) {
        options.set(CURLOPT_SSL_VERIFYPEER, 1)
        options.set(CURLOPT_SSL_VERIFYHOST, 2)
        if let authorities = job.tls.authorities {
            options.clear(CURLOPT_CAINFO)
            options.clear(CURLOPT_CAPATH)
            options.set(CURLOPT_CAINFO_BLOB, authorities)
        }
        if let certificate = job.tls.certificate { options.set(CURLOPT_SSLCERT_BLOB, certificate) }
        if let key { options.lend(CURLOPT_SSLKEY_BLOB, key) }
    }

    private func setMethod(_ options: inout OptionSetter) {
        let request = job.request
        switch (request.method, body.bytes.isEmpty) {
        case ("GET", true): options.set(CURLOPT_HTTPGET, 1)
        case ("HEAD", true): options.set(CURLOPT_NOBODY, 1)
        case ("DELETE", true), ("OPTIONS", true): options.set(CURLOPT_CUSTOMREQUEST, request.method)
        default:
            options.set(CURLOPT_POST, 1)
            options.set(CURLOPT_CUSTOMREQUEST, request.method)
            options.setBody(body)
        }
    }

    private func setHeaders() -> Bool {
        // libcurl adds these by itself to requests with a body.
        let unwanted = ["Expect", "Content-Type"].filter { job.request.headers[$0] == nil }
        for name in unwanted { guard fields.append("\(name):") else { return false } }
        if job.serverName != nil, job.request.headers["Host"] == nil {
            guard fields.append("Host: \(job.url.authority)") else { return false }
        }
        for field in job.request.headers.fields {
            // A header without a value is written with a semicolon, as a colon would remove it.
            let line = field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
            guard fields.append(line) else { return false }
        }
        if let credential = job.request.authorization {
            guard fields.append(prefix: "\(credential.name): ", secret: credential.value) else { return false }
        }
        return ccurl_set_list(easy, CURLOPT_HTTPHEADER, fields.first) == CURLE_OK
    }

    /// Where the connection goes: to checked addresses, and to the URL's host under whatever name.
    private func setPins() -> Bool {
        if let name = job.serverName {
            guard routes.append("\(name):\(job.url.port):\(job.url.authority)"),
                ccurl_set_list(easy, CURLOPT_CONNECT_TO, routes.first) == CURLE_OK
            else { return false }
        }
        guard let host = job.host, IPAddress(job.url.host) == nil else { return true }
        return pins.append(host.pin(for: job.url)) && ccurl_set_list(easy, CURLOPT_RESOLVE, pins.first) == CURLE_OK
    }
}

/// Sets options of an easy handle and remembers whether all were accepted.
struct OptionSetter {
    let easy: UnsafeMutableRawPointer
    private(set) var areAccepted = true

    init(easy: UnsafeMutableRawPointer) { self.easy = easy }

    mutating func set(_ option: CURLoption, _ value: Int) { note(ccurl_set_long(easy, option, value)) }

    mutating func set(_ option: CURLoption, _ value: String) { note(ccurl_set_text(easy, option, value)) }

    /// libcurl keeps a copy.
    mutating func set(_ option: CURLoption, _ value: [UInt8]) {
        note(ccurl_set_blob(easy, option, value, value.count, 1))
    }

    /// libcurl reads from the memory itself, which has to outlive the handle.
    mutating func lend(_ option: CURLoption, _ value: WipedMemory) {
        note(ccurl_set_blob(easy, option, value.bytes.baseAddress, value.bytes.count, 0))
    }

    mutating func clear(_ option: CURLoption) { note(ccurl_set_text(easy, option, nil)) }

    /// The bytes are lent, not copied, so that they can be wiped.
    mutating func setBody(_ body: WipedMemory) {
        note(ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.bytes.count)))
        note(ccurl_set_pointer(easy, CURLOPT_POSTFIELDS, body.bytes.baseAddress))
    }

    private mutating func note(_ result: CURLcode) { areAccepted = areAccepted && result == CURLE_OK }
}
