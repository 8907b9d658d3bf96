internal import CZlib

/// Writes local headers and data one after the other and the central directory at the end.
struct ZipWriter: ~Copyable {
    private var output: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0
    private let deflater = Deflater()

    /// 1980-01-01 00:00, the earliest time the format can express.
    private static let date: UInt16 = 0x0021
    private static let deflated: UInt16 = 8
    private static let stored: UInt16 = 0
    /// Names are UTF-8.
    private static let flags: UInt16 = 0x0800
    private static let version: UInt16 = 20

    mutating func append(path: String, bytes: [UInt8]) throws(ArchiveError) {
        let compressed = deflater.compress(bytes)
        let method = compressed == nil ? Self.stored : Self.deflated
        let data = compressed ?? bytes
        let offset = output.count
        guard offset + data.count < Int(UInt32.max) - (1 << 20) else {
            throw ArchiveError(path: path, problem: "makes the archive larger than 4 GiB")
        }
        var common: [UInt8] = []
        common.append(Self.version)
        common.append(Self.flags)
        common.append(method)
        common.append(UInt16(0))
        common.append(Self.date)
        common.append(Self.checksum(bytes))
        common.append(UInt32(data.count))
        common.append(UInt32(bytes.count))
        common.append(UInt16(path.utf8.count))
        common.append(UInt16(0))
        output.append(UInt32(0x0403_4B50))
        output += common
        output += path.utf8
        output += data
        directory.append(UInt32(0x0201_4B50))
        directory.append(UInt16(3 << 8) | Self.version)
        directory += common
        directory.append(UInt16(0))
        directory.append(UInt16(0))
        directory.append(UInt16(0))
        directory.append(UInt32(0o100_644) << 16)
        directory.append(UInt32(offset))
        directory += path.utf8
        count += 1
    }

    mutating func finish() throws(ArchiveError) -> [UInt8] {
        let offset = output.count
        output += directory
        output.append(UInt32(0x0605_4B50))
        output.append(UInt16(0))
        output.append(UInt16(0))
        output.append(UInt16(count))
        output.append(UInt16(count))
        output.append(UInt32(directory.count))
        output.append(UInt32(offset))
        output.append(UInt16(0))
        return output
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 { UInt32(crc32(0, bytes, UInt32(bytes.count))) }
}

extension [UInt8] {
    /// Appends an integer in little-endian order.
    fileprivate mutating func append(_ value: UInt16) { append(contentsOf: [UInt8(value & 0xFF), UInt8(value >> 8)]) }
    fileprivate mutating func append(_ value: UInt32) {
        append(UInt16(value & 0xFFFF))
        append(UInt16(value >> 16))
    }
}
