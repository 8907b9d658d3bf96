internal import CCurl

/// The thread's side of a client: owns the transfers and drives libcurl. Never leaves its thread.
final class LoopThread {
    private let loop: EventLoop
    private var transfers: [Int: Transfer] = [:]
    /// Jobs beyond the number of requests in flight, in their order.
    private var waiting: [(id: Int, job: TransferJob, completion: Transfer.Completion)] = []

    init(_ loop: EventLoop) { self.loop = loop }

    /// Returns when the client is shut down and every transfer has ended.
    func run() {
        guard let multi = loop.multi else { return }
        while true {
            switch loop.nextBatch() {
            case .commands(let commands):
                for command in commands { obey(command, multi) }
            case .stop(let commands):
                for command in commands { refuse(command) }
                for id in transfers.keys { end(id, multi, .failure(.cancelled, "the client is shut down")) }
                for (_, job, completion) in waiting {
                    completion(.failure(job.error(.cancelled, "the client is shut down")))
                }
                return
            }
            startWaiting(multi)
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            collectFinished(multi)
            endIdle(multi)
            if startWaiting(multi) { continue }
            curl_multi_poll(multi, nil, 0, pollMilliseconds, nil)
        }
    }

    private func obey(_ command: EventLoop.Command, _ multi: UnsafeMutableRawPointer) {
        switch command {
        case .start(let id, let job, let completion): waiting.append((id, job, completion))
        case .cancel(let id):
            if let position = waiting.firstIndex(where: { $0.id == id }) {
                let (_, job, completion) = waiting.remove(at: position)
                completion(.failure(job.error(.cancelled, "cancelled")))
            }
            end(id, multi, .failure(.cancelled, "cancelled"))
        case .resume(let id): transfers[id]?.resume()
        }
    }

    /// Begins what waited, as far as the number of requests in flight permits. True if something began.
    @discardableResult
    private func startWaiting(_ multi: UnsafeMutableRawPointer) -> Bool {
        guard !waiting.isEmpty else { return false }
        let inFlight = transfers.values.count { !$0.isStreaming }
        let begun = waiting.prefix(max(0, loop.maximumInFlight - inFlight))
        waiting.removeFirst(begun.count)
        for (id, job, completion) in begun {
            guard let transfer = Transfer(job, id: id, completion: completion) else {
                completion(.failure(job.error(.failed, "libcurl could not prepare the request")))
                continue
            }
            transfers[id] = transfer
            if curl_multi_add_handle(multi, transfer.easy) != CURLM_OK {
                end(id, multi, .failure(.failed, "libcurl could not begin the request"))
            }
        }
        return !begun.isEmpty
    }

    private func refuse(_ command: EventLoop.Command) {
        guard case .start(_, let job, let completion) = command else { return }
        completion(.failure(job.error(.cancelled, "the client is shut down")))
    }

    private func collectFinished(_ multi: UnsafeMutableRawPointer) {
        var waiting: Int32 = 0
        while let message = curl_multi_info_read(multi, &waiting) {
            guard message.pointee.msg == CURLMSG_DONE,
                let id = transfers.first(where: { $0.value.easy == message.pointee.easy_handle })?.key
            else { continue }
            end(id, multi, .finished(message.pointee.data.result))
        }
    }

    private func endIdle(_ multi: UnsafeMutableRawPointer) {
        let now = ContinuousClock.now
        for (id, transfer) in transfers where transfer.isIdle(at: now) {
            end(id, multi, .failure(.timeout, "no byte came or went within the idle deadline"))
        }
    }

    private func end(_ id: Int, _ multi: UnsafeMutableRawPointer, _ ending: Transfer.Ending) {
        guard let transfer = transfers.removeValue(forKey: id) else { return }
        curl_multi_remove_handle(multi, transfer.easy)
        transfer.complete(ending)
    }

    /// libcurl wakes earlier for its own deadlines; idle deadlines are looked at four times a second.
    private var pollMilliseconds: Int32 {
        transfers.values.contains { $0.hasIdleDeadline } ? 250 : 60_000
    }
}
