internal import CZlib

/// Reads a raw deflate stream (RFC 1951).
enum Inflater {
    /// The content of a stream; nil where it is damaged or has another length.
    static func inflated(_ compressed: ArraySlice<UInt8>, length: Int) -> [UInt8]? {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, size) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var input = Array(compressed)
        var isWhole = false
        // One byte more than expected, so that a longer content is noticed.
        let content = [UInt8](unsafeUninitializedCapacity: length + 1) { target, count in
            let status = input.withUnsafeMutableBufferPointer { source in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                return inflate(&stream, Z_FINISH)
            }
            count = Int(stream.total_out)
            isWhole = status == Z_STREAM_END && count == length
        }
        return isWhole ? content : nil
    }
}
