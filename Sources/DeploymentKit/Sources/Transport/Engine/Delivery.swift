internal import Synchronization

/// Where a transfer's outcome goes.
enum Delivery: Sendable {
    /// To a caller who waits for the whole answer.
    case whole(Completion<HTTPResponse>)
    /// To a caller who waits for the header, and then to a stream.
    case stream(StreamInbox, Completion<StreamHead>)
    /// To a caller who wants the connection itself; what comes over it goes to the queue.
    case connection(ByteQueue, Completion<Void>)

    /// For a transfer that never began.
    func fail(_ error: TransportError) {
        switch self {
        case .whole(let completion): completion(.failure(error))
        case .stream(_, let completion): completion(.failure(error))
        case .connection(_, let completion): completion(.failure(error))
        }
    }
}

typealias Completion<Value> = @Sendable (Result<Value, TransportError>) -> Void

/// What is known of an answer before its body.
struct StreamHead: Sendable {
    let status: Int
    let headers: HTTPHeaders
}

/// What comes after the header, between the I/O thread and an `HTTPStream`.
final class StreamInbox: Sendable {
    let queue = ByteQueue()
    private let fields = Mutex(HTTPHeaders())

    var trailers: HTTPHeaders {
        get { fields.withLock { $0 } }
        set { fields.withLock { $0 = newValue } }
    }
}
