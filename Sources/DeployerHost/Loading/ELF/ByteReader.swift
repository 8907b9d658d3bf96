/// Reads little-endian integers; every offset is checked.
struct ByteReader {
    let bytes: [UInt8]

    /// An integer that lies at an offset.
    func integer<Value: FixedWidthInteger & UnsignedInteger>(
        _ type: Value.Type, at offset: UInt64, of what: String
    ) throws(ELFError) -> Value {
        let range = try range(at: offset, count: UInt64(Value.bitWidth / 8), of: what)
        return bytes[range].reversed().reduce(0) { $0 << 8 | Value($1) }
    }

    /// The indices of so many bytes at an offset.
    func range(at offset: UInt64, count: UInt64, of what: String) throws(ELFError) -> Range<Int> {
        let (end, overflows) = offset.addingReportingOverflow(count)
        guard !overflows else { throw .malformed("an offset of the \(what) overflows 64 bits") }
        guard end <= UInt64(bytes.count) else { throw .cutShort(what: what, end: end, size: bytes.count) }
        return Int(offset)..<Int(end)
    }
}
