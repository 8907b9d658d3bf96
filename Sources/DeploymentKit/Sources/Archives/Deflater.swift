internal import CZlib

/// Raw deflate streams (RFC 1951), one after the other with the same working memory.
struct Deflater: ~Copyable {
    /// Nil where zlib has no memory; then files are stored as they are.
    private let stream: UnsafeMutablePointer<z_stream>?

    init() {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let size = Int32(MemoryLayout<z_stream>.size)
        let status = deflateInit2_(stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        guard status == Z_OK else {
            stream.deallocate()
            self.stream = nil
            return
        }
        self.stream = stream
    }

    /// The compressed bytes, or nil where they would not be fewer.
    func compress(_ bytes: [UInt8]) -> [UInt8]? {
        guard let stream, !bytes.isEmpty, deflateReset(stream) == Z_OK else { return nil }
        var input = bytes
        let compressed = [UInt8](unsafeUninitializedCapacity: bytes.count) { target, count in
            let status = input.withUnsafeMutableBufferPointer { source in
                stream.pointee.next_in = source.baseAddress
                stream.pointee.avail_in = UInt32(source.count)
                stream.pointee.next_out = target.baseAddress
                stream.pointee.avail_out = UInt32(target.count - 1)
                return deflate(stream, Z_FINISH)
            }
            // Out of room means as long as the input.
            count = status == Z_STREAM_END ? Int(stream.pointee.total_out) : 0
        }
        return compressed.isEmpty ? nil : compressed
    }

    deinit {
        guard let stream else { return }
        deflateEnd(stream)
        stream.deallocate()
    }
}
