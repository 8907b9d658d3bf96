import Glibc
import Testing

@testable import DeployerHost

@Suite("The report of a worker's end")
struct CrashReportTests {
    private static let output = """
        anything that was printed
        Trap/Trap.swift:3: Fatal error: Index out of range

        == backtrace
        /opt/graphene-deployer(+0x12)[0x1]
        /lib/libc.so.6(+0x3c050)[0x2]
        /usr/lib/libswiftCore.so($ss17_assertionFailure+0x1f)[0x3]
        /opt/targets/libTrap.so(trap_here+0x8)[0x4]
        /opt/targets/libTrap.so(+0x99)[0x5]
        == end

        """

    private static func report(signal: CInt? = SIGILL, code: CInt = 0, memory: Int = 0, _ output: String = output)
        -> CrashReport
    {
        CrashReport(
            ProcessEnd(signal: signal, code: code, peakMemory: memory),
            output: Array(output.utf8),
            module: "/opt/targets/libTrap.so",
            memory: 512 << 20
        )
    }

    @Test func `it tells signal, message and place`() {
        let report = Self.report()
        let cause = "it was ended by signal 4 (SIGILL, illegal instruction): Fatal error: Index out of range; "
        #expect(report.cause.hasPrefix(cause + "it was in trap_here (libTrap.so), called from +0x99 (libTrap.so)"))
        #expect(report.frames.count == 3)
    }

    @Test func `an end without a signal tells its code`() {
        let report = Self.report(signal: nil, code: 3, "")
        #expect(report.cause == "it ended by itself with code 3 before it had answered")
        #expect(report.frames == [])
    }

    @Test func `memory is spoken of where it was at its end`() {
        let cause = Self.report(memory: 500 << 20, "").cause
        #expect(cause.hasSuffix("it may have 512 MiB of memory of its own, and had 500 in all"))
        #expect(!Self.report(memory: 100 << 20, "").cause.contains("memory of its own"))
    }

    @Test func `control characters of a module reach nobody`() {
        let cause = Self.report("x: Fatal error: \u{1B}[2Jgone\n").cause
        #expect(cause.hasSuffix("Fatal error: [2Jgone"))
    }

    @Test(arguments: [SIGSEGV, SIGBUS]) func `a stack that is used up leaves no place to tell`(signal: CInt) {
        let sign = "it could not tell where, as where functions call each other without end"
        #expect(Self.report(signal: signal, "").cause.hasSuffix(sign))
        #expect(!Self.report(signal: signal).cause.contains(sign))
    }

    @Test func `headers that lead anywhere are an error or nothing, never the end of the host`() throws {
        let bytes = try LoadedModuleFile.bytes()
        let reader = ByteReader(bytes: bytes)
        let sections = Int(try reader.integer(UInt64.self, at: 40, of: "ELF header"))
        let count = Int(try reader.integer(UInt16.self, at: 60, of: "ELF header"))
        let extremes: [UInt64] = [0, 1, 63, .max, .max - 1, .max / 2, 1 << 63, UInt64(bytes.count), 1 << 32 - 1]
        // Offset, size and link of each section (sh_offset, sh_size, sh_link), one after the other.
        for header in (0..<count).map({ sections + $0 * 64 }) {
            for (field, length) in [(24, 8), (32, 8), (40, 4)] {
                for extreme in extremes {
                    var changed = bytes
                    for index in 0..<length {
                        changed[header + field + index] = UInt8(truncatingIfNeeded: extreme >> (8 * UInt64(index)))
                    }
                    _ = try? SymbolTable(parsing: changed).name(at: 4_096)
                }
            }
        }
        // Where the section headers are (e_shoff), how long each is and how many there are.
        for (field, length) in [(40, 8), (58, 2), (60, 2)] {
            for extreme in extremes {
                var changed = bytes
                for index in 0..<length {
                    changed[field + index] = UInt8(truncatingIfNeeded: extreme >> (8 * UInt64(index)))
                }
                _ = try? SymbolTable(parsing: changed).name(at: 4_096)
            }
        }
    }

    @Test func `names beyond the end of all numbers are no functions`() throws {
        let table = try SymbolTable(parsing: SmallLibrary.bytes(namesAt: .max))
        #expect(table.name(at: 0x1000) == nil)
        #expect(try SymbolTable(parsing: SmallLibrary.bytes(namesAt: 1)).name(at: 0x1000) == "ELF")
    }

    @Test func `no function is made up, and a file that is cut short is an error`() throws {
        let bytes = try LoadedModuleFile.bytes()
        let table = try SymbolTable(parsing: bytes)
        #expect(table.name(at: 0) == nil)
        #expect(table.name(at: .max) == nil)
        #expect(throws: ELFError.self) { try SymbolTable(parsing: Array(bytes.prefix(200))) }
    }

    @Test func `three ends without work between them are enough`() {
        let quarantine = Quarantine()
        for _ in 0..<2 { quarantine.noteEnd("while it deployed") }
        #expect(quarantine.reason == nil)
        quarantine.noteSuccess()
        for _ in 0..<2 { quarantine.noteEnd("while it deployed") }
        #expect(quarantine.reason == nil)
        quarantine.noteEnd("while it planned")
        #expect(quarantine.reason?.hasSuffix("3 times in a row, the last time while it planned") == true)
    }
}

/// The module of this package, as a file to read.
private enum LoadedModuleFile {
    static func bytes() throws -> [UInt8] {
        let executable = try #require(realpath("/proc/self/exe", nil))
        defer { free(executable) }
        let folder = String(cString: executable).split(separator: "/").dropLast().joined(separator: "/")
        let file = try #require(fopen("/\(folder)/libLocalYAML.so", "r"))
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return bytes
    }
}

/// A library with one function, whose name begins one byte behind where the names do.
private enum SmallLibrary {
    static func bytes(namesAt names: UInt64) -> [UInt8] {
        var bytes: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 56 + 2 * 64 + 24)
        func put(_ value: UInt64, _ length: Int, at offset: Int) {
            for index in 0..<length { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(index))) }
        }
        put(64, 8, at: 40)  // e_shoff
        put(64, 2, at: 58)  // e_shentsize
        put(2, 2, at: 60)  // e_shnum
        put(2, 4, at: 64 + 4)  // sh_type: symbols
        put(192, 8, at: 64 + 24)  // sh_offset
        put(24, 8, at: 64 + 32)  // sh_size
        put(1, 4, at: 64 + 40)  // sh_link
        put(names, 8, at: 128 + 24)  // sh_offset of the names
        put(names == 1 ? 0 : 1, 4, at: 192)  // st_name
        put(2, 1, at: 192 + 4)  // st_info: a function
        put(0x1000, 8, at: 192 + 8)  // st_value
        put(16, 8, at: 192 + 16)  // st_size
        return bytes
    }
}
