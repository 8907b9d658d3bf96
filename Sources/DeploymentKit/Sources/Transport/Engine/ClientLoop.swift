internal import CCurl
internal import Glibc

/// The thread's side of a client: owns its transfers and connections and drives libcurl. Never leaves the I/O thread.
final class ClientLoop {
    private let loop: EventLoop
    /// Nil if libcurl has no memory; then every request ends at once.
    private let multi: UnsafeMutableRawPointer?
    private let sockets = SocketTable()
    private var transfers: [Int: Transfer] = [:]
    /// The transfers that count against the maximum: streams no longer do once their header has come.
    private var inFlight: Set<Int> = []
    private var waiting: [(id: Int, job: TransferJob, delivery: Delivery)] = []
    private var connections = ConnectionTable()

    init(_ loop: EventLoop) {
        self.loop = loop
        multi = curl_multi_init()
        if let multi { _ = sockets.attach(to: multi) }
    }

    deinit {
        if let multi { curl_multi_cleanup(multi) }
    }

    /// Does what can be done without waiting. False once the client is shut down and everything has ended.
    func turn() -> Bool {
        switch loop.nextBatch() {
        case .commands(let commands):
            for command in commands { obey(command) }
        case .stop(let commands):
            endAll(and: commands)
            return false
        }
        startWaiting()
        if let multi { sockets.drive(multi) }
        for transfer in transfers.values { transfer.pauseIfFull() }
        collectFinished()
        endIdle()
        inFlight = inFlight.filter { transfers[$0]?.isHeadGiven == false }
        startWaiting()
        connections.service()
        return true
    }

    func addDescriptors(to descriptors: inout [pollfd]) {
        sockets.addDescriptors(to: &descriptors)
        connections.addDescriptors(to: &descriptors)
    }

    func takeResults(of descriptors: [pollfd]) {
        sockets.takeResults(of: descriptors)
        connections.takeResults(of: descriptors)
    }

    /// Until the next turn at the latest, for poll(2).
    var milliseconds: Int32 {
        // Idle deadlines are looked at four times a second.
        let idle: Int32 = transfers.values.contains { $0.hasIdleDeadline } ? 250 : 60_000
        return min(idle, sockets.milliseconds ?? 60_000)
    }

    private func obey(_ command: EventLoop.Command) {
        switch command {
        case .start(let id, let job, let delivery): waiting.append((id, job, delivery))
        case .accept(let id, let listener, let queue, let completion):
            connections.add(listener, id: id, input: queue, completion: completion)
        case .write(let id, let bytes, let completion): connections.write(bytes, id: id, completion: completion)
        case .resume(let id):
            transfers[id]?.resume()
            connections.resume(id)
        case .cancel(let id):
            if let place = waiting.firstIndex(where: { $0.id == id }) {
                let (_, job, delivery) = waiting.remove(at: place)
                delivery.fail(job.error(.cancelled, "cancelled"))
            }
            end(id, .failure(.cancelled, "cancelled"))
            connections.end(id, reason: "cancelled")
        }
    }

    /// Commands for a client that is shut down.
    private func endAll(and commands: [EventLoop.Command]) {
        let reason = "the client is shut down"
        for command in commands { obey(command) }
        for (_, job, delivery) in waiting { delivery.fail(job.error(.cancelled, reason)) }
        for id in transfers.keys { end(id, .failure(.cancelled, reason)) }
        connections.endAll(reason: reason)
    }

    private func startWaiting() {
        guard !waiting.isEmpty, inFlight.count < loop.maximumInFlight else { return }
        let count = min(waiting.count, loop.maximumInFlight - inFlight.count)
        for (id, job, delivery) in waiting.prefix(count) { start(id, job, delivery) }
        waiting.removeFirst(count)
    }

    private func start(_ id: Int, _ job: TransferJob, _ delivery: Delivery) {
        guard let multi, let transfer = Transfer(job, delivery: delivery) else {
            return delivery.fail(job.error(.failed, "libcurl could not prepare the request"))
        }
        transfers[id] = transfer
        inFlight.insert(id)
        if curl_multi_add_handle(multi, transfer.easy) != CURLM_OK {
            end(id, .failure(.failed, "libcurl could not begin the request"))
        }
    }

    private func collectFinished() {
        guard let multi else { return }
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE,
                let id = transfers.first(where: { $0.value.easy == message.pointee.easy_handle })?.key
            else { continue }
            let result = message.pointee.data.result
            if case .connection(let queue, _) = transfers[id]?.delivery, result == CURLE_OK {
                keepConnection(id, input: queue, of: multi)
            } else {
                end(id, .finished(result))
            }
        }
    }

    /// What was a transfer goes on as a connection. The handle stays with libcurl, which would close it otherwise.
    private func keepConnection(_ id: Int, input: ByteQueue, of multi: UnsafeMutableRawPointer) {
        inFlight.remove(id)
        guard let transfer = transfers.removeValue(forKey: id) else { return }
        connections.add(TransferEndpoint(transfer, multi: multi), id: id, input: input, host: transfer.job.url.host)
        transfer.complete(.finished(CURLE_OK))
    }

    private func endIdle() {
        let now = ContinuousClock.now
        for (id, transfer) in transfers where transfer.isIdle(at: now) {
            end(id, .failure(.timeout, "no byte came or went within the idle deadline"))
        }
    }

    private func end(_ id: Int, _ ending: Transfer.Ending) {
        guard let transfer = transfers.removeValue(forKey: id) else { return }
        inFlight.remove(id)
        if let multi { curl_multi_remove_handle(multi, transfer.easy) }
        transfer.complete(ending)
    }
}
