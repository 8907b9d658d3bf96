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
