internal import CCurl

/// One request under way: an easy handle of libcurl and the memory it refers to. Belongs to the I/O thread.
final class Transfer {
    /// How a transfer ends: with libcurl's word, or before it.
    enum Ending {
        case finished(CURLcode)
        case failure(TransportError.Code, String)
    }

    let easy: UnsafeMutableRawPointer
    let job: TransferJob
    let delivery: Delivery
    let fields = HeaderList()
    let pins = HeaderList()
    let routes = HeaderList()
    let body: WipedMemory
    let key: WipedMemory?
    let errorText: UnsafeMutablePointer<CChar>
    var reception: Reception
    var activity: (bytes: curl_off_t, time: ContinuousClock.Instant)
    /// Whether the caller knows the header.
    var isHeadGiven = false
    /// Whether the reader of a stream has enough for now.
    var isFull = false
    private(set) var isPaused = false
    private static let errorCapacity = Int(CURL_ERROR_SIZE)

    /// Nil if libcurl has no memory or refuses an option.
    init?(_ job: TransferJob, delivery: Delivery) {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
        self.job = job
        self.delivery = delivery
        body = job.request.secretBody.map { WipedMemory($0) } ?? WipedMemory(job.request.body)
        key = job.tls.key.map { WipedMemory($0) }
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

    /// Tells the caller, who is told once.
    func complete(_ ending: Ending) {
        let outcome = outcome(of: ending)
        switch delivery {
        case .whole(let completion):
            completion(
                outcome.map {
                    HTTPResponse(
                        status: reception.status,
                        headers: reception.headers,
                        body: reception.body,
                        trailers: reception.trailers
                    )
                }
            )
        case .stream(let inbox, let completion):
            inbox.trailers = reception.trailers
            inbox.queue.finish(outcome)
            guard !isHeadGiven else { return }
            completion(outcome.flatMap { .failure(job.error(.failed, "the answer has no header")) })
        case .connection(_, let completion):
            completion(outcome)
        }
    }

    private func outcome(of ending: Ending) -> Result<Void, TransportError> {
        switch ending {
        case .failure(let code, let reason): return .failure(job.error(code, reason))
        case .finished(let code):
            if let excess = reception.excess { return .failure(job.error(.tooLarge, excess)) }
            guard code == CURLE_OK else { return .failure(error(of: code)) }
            return .success(())
        }
    }

    func error(of code: CURLcode) -> TransportError {
        var number = 0
        ccurl_get_long(easy, CURLINFO_OS_ERRNO, &number)
        let failure = CurlFailure(code, systemError: number, text: String(cString: errorText))
        var error = job.error(failure.code, failure.reason)
        if error.code == .timeout, !isConnected {
            error.isBeforeSending = true
            error.reason = "no connection within the deadline"
        }
        return error
    }

    /// Whether the request could be sent: the connection is there, and encrypted where it is to be.
    private var isConnected: Bool { value(CURLINFO_PRETRANSFER_TIME_T) > 0 }

    // MARK: Back-pressure

    /// Reads no further while the reader has enough; called outside of libcurl's callbacks.
    func pauseIfFull() {
        guard isFull, !isPaused else { return }
        isPaused = true
        curl_easy_pause(easy, CURLPAUSE_RECV)
    }

    func resume() {
        isFull = false
        guard isPaused else { return }
        isPaused = false
        curl_easy_pause(easy, CURLPAUSE_CONT)
    }

    // MARK: Idle deadline

    var hasIdleDeadline: Bool { job.request.deadlines.idle != nil }

    /// Whether nothing was sent or received for longer than the request permits.
    func isIdle(at now: ContinuousClock.Instant) -> Bool {
        guard let idle = job.request.deadlines.idle else { return false }
        let bytes = value(CURLINFO_SIZE_DOWNLOAD_T) + value(CURLINFO_SIZE_UPLOAD_T) + curl_off_t(reception.headerBytes)
        if bytes != activity.bytes || !isConnected || isPaused { activity = (bytes, now) }
        return activity.time.duration(to: now) > idle
    }

    private func value(_ info: CURLINFO) -> curl_off_t {
        var value: curl_off_t = 0
        ccurl_get_offset(easy, info, &value)
        return value
    }
}
