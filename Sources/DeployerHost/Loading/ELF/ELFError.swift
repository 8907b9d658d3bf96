/// Why a file is not a shared library that can be read.
enum ELFError: Error, Hashable {
    /// The file begins with other bytes than 7f 45 4c 46.
    case notELF(beginning: [UInt8])
    /// Not 64 bits in little-endian order.
    case otherFormat(String)
    /// Not a shared object; the number is `e_type`.
    case otherType(UInt16)
    /// Something ends beyond the end of the file.
    case cutShort(what: String, end: UInt64, size: Int)
    /// A value that the format does not allow.
    case malformed(String)
}
