internal import Glibc

/// The connections and waiting sockets of a client, polled together with libcurl's.
struct ConnectionTable {
    private struct Acceptance {
        let listener: LocalListener
        let input: ByteQueue
        let completion: Completion<Void>
    }

    private var connections: [Int: Connection] = [:]
    private var acceptances: [Int: Acceptance] = [:]
    /// The connections that are polled, in the order of their descriptors, which begin at `firstDescriptor`.
    private var polled: [Connection] = []
    private var firstDescriptor = 0

    mutating func add(_ endpoint: any Endpoint, id: Int, input: ByteQueue, host: String) {
        connections[id] = Connection(endpoint, input: input, host: host)
    }

    mutating func add(_ listener: LocalListener, id: Int, input: ByteQueue, completion: @escaping Completion<Void>) {
        acceptances[id] = Acceptance(listener: listener, input: input, completion: completion)
    }

    func write(_ bytes: [UInt8], id: Int, completion: @escaping Completion<Void>) {
        guard let connection = connections[id] else {
            return completion(.failure(TransportError(.failed, host: "", reason: "the connection is closed")))
        }
        connection.write(bytes, completion: completion)
    }

    func resume(_ id: Int) { connections[id]?.resume() }

    /// Accepts, reads and writes what is possible without waiting.
    mutating func service() {
        for (id, acceptance) in acceptances {
            guard let endpoint = acceptance.listener.accept() else { continue }
            acceptances[id] = nil
            add(endpoint, id: id, input: acceptance.input, host: "")
            acceptance.completion(.success(()))
        }
        for (id, connection) in connections where connection.isReady {
            do {
                try connection.service()
            } catch {
                connections[id] = nil
                connection.end(error)
            }
        }
    }

    mutating func addDescriptors(to descriptors: inout [pollfd]) {
        polled = connections.values.filter { $0.events != 0 }
        firstDescriptor = descriptors.count
        descriptors += polled.map { pollfd(fd: $0.endpoint.descriptor, events: $0.events, revents: 0) }
        descriptors += acceptances.values.map {
            pollfd(fd: $0.listener.descriptor, events: Int16(POLLIN), revents: 0)
        }
    }

    /// Sockets that wait are tried at every turn.
    mutating func takeResults(of descriptors: [pollfd]) {
        for (connection, descriptor) in zip(polled, descriptors[firstDescriptor...]) where descriptor.revents != 0 {
            connection.isReady = true
        }
        polled = []
    }

    mutating func end(_ id: Int, reason: String) {
        let error = TransportError(.cancelled, host: "", reason: reason)
        connections.removeValue(forKey: id)?.end(error)
        acceptances.removeValue(forKey: id)?.completion(.failure(error))
    }

    mutating func endAll(reason: String) {
        for id in Array(connections.keys) + Array(acceptances.keys) { end(id, reason: reason) }
    }
}
