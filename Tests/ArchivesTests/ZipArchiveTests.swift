import Archives
import Foundation
import Testing

@Suite("A zip archive")
struct ZipArchiveTests {
    @Test("is the same byte for byte, whatever the order of its entries")
    func reproducible() throws {
        let entries = [
            ("b.txt", Array("bb".utf8)), ("a/c.txt", Array(repeating: UInt8(7), count: 10_000)), ("a.txt", []),
        ]
        #expect(try Self.archive(entries).bytes() == Self.archive(entries.reversed()).bytes())
        #expect(try Self.archive(entries).paths == ["a.txt", "a/c.txt", "b.txt"])
    }

    @Test("is read by another implementation, with contents, times and permissions")
    func interoperable() throws {
        let random = (0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        let archive = try Self.archive([
            ("ünï/x.bin", random), ("empty", []), ("text.txt", Array(repeating: 65, count: 9_999)),
        ])
        let script = """
            import io, sys, zipfile
            z = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
            assert z.testzip() is None
            for i in z.infolist():
                print(i.filename, i.file_size, i.date_time[0], oct(i.external_attr >> 16), sum(z.read(i)) % 65521)
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(archive.bytes()))
        try input.fileHandleForWriting.close()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let sum = random.reduce(0) { $0 + Int($1) } % 65_521
        #expect(
            text == """
                empty 0 1980 0o100644 0
                text.txt 9999 1980 0o100644 \(9_999 * 65 % 65_521)
                ünï/x.bin 5000 1980 0o100644 \(sum)

                """)
    }

    @Test(
        "refuses paths that could leave the folder or are not portable",
        arguments: [
            "", "/etc/passwd", "../x", "a/../b", "a/..", "a//b", "a/", "./a", "a\\b", "C:x", "a\u{0}b", "a\nb",
            String(repeating: "a", count: 513),
        ])
    func unsafePath(path: String) {
        var archive = ZipArchive()
        #expect(throws: ArchiveError.self) { try archive.add(path, bytes: []) }
    }

    @Test("refuses a path twice, also in another case")
    func duplicates() throws {
        var archive = try Self.archive([("a/B.txt", [])])
        #expect(throws: ArchiveError(path: "A/b.txt", problem: "is in the archive already")) {
            try archive.add("A/b.txt", bytes: [])
        }
    }

    @Test("reads what it has written")
    func reading() throws {
        let long = Array(repeating: UInt8(ascii: "x"), count: 5_000)
        let archive = try Self.archive([("a.txt", [1, 2, 3]), ("b/long.txt", long), ("empty", [])])
        let copy = try ZipArchive(reading: archive.bytes())
        #expect(copy.paths == archive.paths)
        #expect(copy["a.txt"] == [1, 2, 3] && copy["b/long.txt"] == long && copy["empty"] == [] && copy["c"] == nil)
    }

    @Test("refuses to read what is cut short, damaged, or larger than allowed")
    func damaged() throws {
        let bytes = try Self.archive([("a.txt", Array(repeating: 7, count: 5_000)), ("b.txt", [1, 2, 3])]).bytes()
        for end in 0..<bytes.count {
            #expect(throws: ArchiveError.self) { try ZipArchive(reading: Array(bytes[..<end])) }
        }
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 0xFF
            // Whatever comes of it, it is an archive or an error.
            _ = try? ZipArchive(reading: changed)
        }
        #expect(throws: ArchiveError.self) { try ZipArchive(reading: bytes, limit: 5_002) }
        #expect(throws: Never.self) { try ZipArchive(reading: bytes, limit: 5_003) }
    }

    private static func archive(_ entries: [(String, [UInt8])]) throws -> ZipArchive {
        var archive = ZipArchive()
        for (path, bytes) in entries { try archive.add(path, bytes: bytes) }
        return archive
    }
}
