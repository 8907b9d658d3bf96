internal import CCurl
internal import Glibc

/// One request under way: an easy handle of libcurl and the memory it refers to. Belongs to the loop's thread.
final class Transfer {
    /// How a transfer ends: with libcurl's word, or before it.
    enum Ending {
        case finished(CURLcode)
        case failure(TransportError.Code, String)
    }

    typealias Completion = @Sendable (Result<HTTPResponse, TransportError>) -> Void

    let easy: UnsafeMutableRawPointer
    private let job: TransferJob
    private let completion: Completion
    private let fields: HeaderList
    private let pins: HeaderList
    private let detours: HeaderList
    private let body: WipedMemory
    private let key: WipedMemory
    private let errorText: UnsafeMutablePointer<CChar>
    private var reception: Reception
    private var activity: (bytes: curl_off_t, time: ContinuousClock.Instant)
    private static let errorCapacity = Int(CURL_ERROR_SIZE)

    /// Nil if libcurl has no memory or refuses an option.
    init?(
        _ job: TransferJob,
        id: Int,
        completion: @escaping Completion
    ) {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
        self.job = job
        self.completion = completion
        fields = HeaderList()
        pins = HeaderList()
        detours = HeaderList()
        body = job.request.secretBody.map(WipedMemory.init) ?? WipedMemory(job.request.body)
        key = job.tls.key.map(WipedMemory.init) ?? WipedMemory([])
        errorText = .allocate(capacity: Self.errorCapacity)
        errorText.initialize(repeating: 0, count: Self.errorCapacity)
        reception = Reception(limit: job.request.responseLimit)
        activity = (0, .now)
        guard configure() else { return nil }
    }

    deinit {
        curl_easy_cleanup(easy)
        errorText.deallocate()
    }

    func complete(_ ending: Ending) { completion(result(of: ending)) }

    private func result(of ending: Ending) -> Result<HTTPResponse, TransportError> {
        switch ending {
        case .failure(let code, let reason): return .failure(job.error(code, reason))
        case .finished(let code):
            if let excess = reception.excess { return .failure(job.error(.tooLarge, excess)) }
            guard code == CURLE_OK else {
                var number = 0
                ccurl_get_long(easy, CURLINFO_OS_ERRNO, &number)
                let failure = CurlFailure(code, systemError: number, text: String(cString: errorText))
                return .failure(job.error(failure.code, failure.reason))
            }
            var status = 0
            ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
            return .success(
                HTTPResponse(
                    status: status,
                    headers: reception.headers,
                    body: reception.body,
                    trailers: reception.trailers
                )
            )
        }
    }
}

// MARK: Streams

extension Transfer {
    /// Whether the header of a stream has come; what follows may take for ever.
    var isStreaming: Bool { job.stream != nil && reception.isHeaderComplete }

    /// Goes on after a pause.
    func resume() { curl_easy_pause(easy, CURLPAUSE_CONT) }

    /// Hands the bytes of a body on, or keeps them.
    private func take(body bytes: UnsafeRawBufferPointer) -> Int {
        guard let stream = job.stream else { return reception.take(bytes) ? bytes.count : 0 }
        return stream.take(bytes) ? bytes.count : Int(CURL_WRITEFUNC_PAUSE)
    }

    private func take(line: UnsafeRawBufferPointer) -> Int {
        let wasComplete = reception.isHeaderComplete
        guard reception.take(line: line) else { return 0 }
        if !wasComplete, reception.isHeaderComplete {
            job.stream?.begin(status: reception.status, headers: reception.headers)
        }
        return line.count
    }
}

// MARK: Idle deadline

extension Transfer {
    var hasIdleDeadline: Bool { job.request.deadlines.idle != nil }

    /// Whether nothing was sent or received for longer than the request permits.
    func isIdle(at now: ContinuousClock.Instant) -> Bool {
        guard let idle = job.request.deadlines.idle else { return false }
        let bytes = value(CURLINFO_SIZE_DOWNLOAD_T) + value(CURLINFO_SIZE_UPLOAD_T) + curl_off_t(reception.headerBytes)
        let isConnected = value(CURLINFO_PRETRANSFER_TIME_T) > 0
        if bytes != activity.bytes || !isConnected { activity = (bytes, now) }
        return activity.time.duration(to: now) > idle
    }

    private func value(_ info: CURLINFO) -> curl_off_t {
        var value: curl_off_t = 0
        ccurl_get_offset(easy, info, &value)
        return value
    }
}

// MARK: Options

extension Transfer {
    private func configure() -> Bool {
        guard fillHeaders() else { return false }
        let request = job.request
        var isAccepted = true
        func set(_ option: CURLoption, _ value: Int) {
            isAccepted = isAccepted && ccurl_set_long(easy, option, value) == CURLE_OK
        }
        func set(_ option: CURLoption, _ value: String) {
            isAccepted = isAccepted && ccurl_set_text(easy, option, value) == CURLE_OK
        }
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_URL, job.calledURL)
        set(CURLOPT_PATH_AS_IS, 1)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_FOLLOWLOCATION, 0)
        // An empty proxy, as opposed to none, keeps libcurl from reading http_proxy and its like.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_HTTP_VERSION, request.version.curlValue)
        // Requests that come together share one connection where the server speaks HTTP/2.
        set(CURLOPT_PIPEWAIT, 1)
        if request.usesOwnConnection {
            set(CURLOPT_FRESH_CONNECT, 1)
            set(CURLOPT_FORBID_REUSE, 1)
        }
        if let socket = request.abstractSocket { set(CURLOPT_ABSTRACT_UNIX_SOCKET, socket) }
        set(CURLOPT_USERAGENT, "graphene-deployer")
        set(CURLOPT_CONNECTTIMEOUT_MS, request.deadlines.connect.milliseconds)
        if let total = request.deadlines.total { set(CURLOPT_TIMEOUT_MS, total.milliseconds) }
        switch (request.method, body.count == 0) {
        case ("GET", true): set(CURLOPT_HTTPGET, 1)
        case ("HEAD", true): set(CURLOPT_NOBODY, 1)
        case ("DELETE", true), ("OPTIONS", true): set(CURLOPT_CUSTOMREQUEST, request.method)
        default:
            set(CURLOPT_POST, 1)
            set(CURLOPT_CUSTOMREQUEST, request.method)
            isAccepted = isAccepted && setBody()
        }
        return isAccepted && setPins() && setTLS() && setCallbacks()
    }

    private func fillHeaders() -> Bool {
        // libcurl adds these by itself to requests with a body.
        let unwanted = ["Expect", "Content-Type"].filter { job.request.headers[$0] == nil }
        for name in unwanted { guard fields.append("\(name):") else { return false } }
        for field in job.request.headers.fields {
            // A header without a value is written with a semicolon, as a colon would remove it.
            let line = field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"
            guard fields.append(line) else { return false }
        }
        if let value = job.request.authorization?.value {
            guard fields.append(prefix: "Authorization: ", secret: value) else { return false }
        }
        return ccurl_set_list(easy, CURLOPT_HTTPHEADER, fields.first) == CURLE_OK
    }

    /// The bytes are lent, not copied, so that they can be wiped.
    private func setBody() -> Bool {
        ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)) == CURLE_OK
            && ccurl_set_pointer(easy, CURLOPT_POSTFIELDS, body.pointer) == CURLE_OK
    }

    private func setTLS() -> Bool {
        let tls = job.tls
        var results: [CURLcode] = []
        if let authorities = tls.authorities {
            // Otherwise the system's folder of authorities would be trusted as well.
            results.append(ccurl_set_text(easy, CURLOPT_CAPATH, nil))
            results.append(
                authorities.withUnsafeBytes { ccurl_set_blob(easy, CURLOPT_CAINFO_BLOB, $0.baseAddress, $0.count, 1) })
        }
        if let certificate = tls.certificate {
            results.append(
                certificate.withUnsafeBytes { ccurl_set_blob(easy, CURLOPT_SSLCERT_BLOB, $0.baseAddress, $0.count, 1) })
        }
        if key.count > 0 { results.append(ccurl_set_blob(easy, CURLOPT_SSLKEY_BLOB, key.pointer, key.count, 0)) }
        if let detour = job.detour {
            guard detours.append(detour) else { return false }
            results.append(ccurl_set_list(easy, CURLOPT_CONNECT_TO, detours.first))
        }
        return results.allSatisfy { $0 == CURLE_OK }
    }

    private func setPins() -> Bool {
        guard let host = job.host else { return true }
        guard IPAddress(job.url.host) == nil else { return true }
        return pins.append(host.pin(for: job.url)) && ccurl_set_list(easy, CURLOPT_RESOLVE, pins.first) == CURLE_OK
    }

    private func setCallbacks() -> Bool {
        let context = Unmanaged.passUnretained(self).toOpaque()
        let results = [
            ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText),
            ccurl_set_receiver(easy, CURLOPT_WRITEFUNCTION) { Transfer.receive($0, $1 * $2, $3) { $0.take(body: $1) } },
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
}

// MARK: Callbacks

extension Transfer {
    /// Anything but the count given ends the transfer.
    private static func receive(
        _ bytes: UnsafeMutablePointer<CChar>?,
        _ count: Int,
        _ context: UnsafeMutableRawPointer?,
        _ take: (Transfer, UnsafeRawBufferPointer) -> Int
    ) -> Int {
        guard let context, count > 0 else { return count }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        return take(transfer, UnsafeRawBufferPointer(start: bytes, count: count))
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
