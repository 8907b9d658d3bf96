/// The near end of a connection that never blocks. Belongs to the I/O thread.
protocol Endpoint: AnyObject {
    /// What is polled.
    var descriptor: Int32 { get }
    func read(into buffer: UnsafeMutableRawBufferPointer) -> EndpointResult
    /// Bytes that could not be written have to be given again, from the same address.
    func write(_ bytes: UnsafeRawBufferPointer) -> EndpointResult
}

/// What became of an attempt to read or write.
enum EndpointResult {
    /// So many bytes, at least one.
    case count(Int)
    /// Nothing now; poll.
    case again
    /// The other side sends nothing more.
    case end
    case failure(TransportError)
}
