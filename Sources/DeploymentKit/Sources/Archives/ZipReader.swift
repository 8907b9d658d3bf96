internal import CZlib

/// Reads the files of a zip by its central directory (PKWARE APPNOTE 6.3, without zip64 and encryption).
struct ZipReader {
    private let bytes: [UInt8]
    private static let endLength = 22
    private static let headerLength = 46

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Hands over one file after the other; folders are left out.
    /// - Parameter limit: how many bytes all of them may have together.
    func forEachFile(
        limit: Int,
        _ take: (_ path: String, _ bytes: [UInt8]) throws(ArchiveError) -> Void
    ) throws(ArchiveError) {
        let end = try endOfDirectory()
        var offset = try integer(at: end + 16, bytes: 4)
        var room = limit
        for _ in 0..<(try integer(at: end + 10, bytes: 2)) {
            guard try integer(at: offset, bytes: 4) == 0x0201_4B50 else { throw damaged("directory") }
            let nameLength = try integer(at: offset + 28, bytes: 2)
            let extraLength = try integer(at: offset + 30, bytes: 2)
            let commentLength = try integer(at: offset + 32, bytes: 2)
            let path = String(decoding: try slice(at: offset + Self.headerLength, count: nameLength), as: UTF8.self)
            let length = try integer(at: offset + 24, bytes: 4)
            guard length <= room else {
                throw ArchiveError(path: path, problem: "brings the archive's content to more than \(limit) bytes")
            }
            room -= length
            if !path.hasSuffix("/") { try take(path, content(of: offset, path: path, length: length)) }
            offset += Self.headerLength + nameLength + extraLength + commentLength
        }
    }

    private func content(of header: Int, path: String, length: Int) throws(ArchiveError) -> [UInt8] {
        let local = try integer(at: header + 42, bytes: 4)
        let start =
            try local + 30 + integer(at: local + 26, bytes: 2) + integer(at: local + 28, bytes: 2)
        let data = try slice(at: start, count: integer(at: header + 20, bytes: 4))
        let content: [UInt8]?
        switch try integer(at: header + 10, bytes: 2) {
        case 0: content = data.count == length ? Array(data) : nil
        case 8: content = Inflater.inflated(data, length: length)
        default: throw ArchiveError(path: path, problem: "is compressed in a way other than deflate")
        }
        guard let content, try Int(crc32(0, content, UInt32(content.count))) == integer(at: header + 16, bytes: 4)
        else {
            throw ArchiveError(path: path, problem: "is damaged")
        }
        return content
    }

    /// Behind the directory there is at most a comment of 64 KiB.
    private func endOfDirectory() throws(ArchiveError) -> Int {
        let signature: [UInt8] = [0x50, 0x4B, 5, 6]
        let last = bytes.count - Self.endLength
        let candidates = stride(from: last, through: max(0, last - 0xFFFF), by: -1)
        guard last >= 0, let end = candidates.first(where: { bytes[$0..<$0 + 4].elementsEqual(signature) }) else {
            throw damaged("end")
        }
        return end
    }

    private func integer(at offset: Int, bytes count: Int) throws(ArchiveError) -> Int {
        try slice(at: offset, count: count).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private func slice(at offset: Int, count: Int) throws(ArchiveError) -> ArraySlice<UInt8> {
        guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else {
            throw damaged("end")
        }
        return bytes[offset..<offset + count]
    }

    private func damaged(_ part: String) -> ArchiveError {
        ArchiveError(
            path: "the archive", problem: "is no zip file, or is cut short: its \(part) is not where it should be")
    }
}
