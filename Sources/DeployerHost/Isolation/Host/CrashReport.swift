internal import Glibc
internal import TargetContract

/// What is known of the end of a worker, for people. Pure.
struct CrashReport: Sendable, Hashable {
    /// How it ended, for instance `it was ended by signal 4 (SIGILL, illegal instruction): Fatal error: Index out of
    /// range; it was in TrapTarget.deploy (libTrap.so)`.
    let cause: String
    /// Where it was, innermost first, as far as it could tell.
    let frames: [String]

    /// - Parameters:
    ///   - module: the file of the module, to tell its frames from those of libraries.
    ///   - memory: how much it could have, in bytes.
    ///   - symbols: the functions of the module, where they are known.
    init(_ end: ProcessEnd, output: [UInt8], module: String, memory: Int, symbols: SymbolTable? = nil) {
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
        let moduleName = ModuleFile.name(of: module)
        frames = Self.frames(in: lines).map { $0.text(symbols: $0.file == moduleName ? symbols : nil) }
        var cause =
            if let signal = end.signal {
                "it was ended by signal \(signal) (\(Self.name(of: signal)))"
            } else {
                "it ended by itself with code \(end.code) before it had answered"
            }
        if let message = Self.message(in: lines) { cause += ": \(message)" }
        if end.signal == SIGSEGV || end.signal == SIGBUS, frames.isEmpty {
            // The handler runs on the stack that is used up then.
            cause += "; it could not tell where, as where functions call each other without end"
        }
        if end.peakMemory >= memory / 10 * 9 || lines.contains(where: Self.speaksOfMemory) {
            cause += "; it may have \(memory >> 20) MiB of memory of its own, and had \(end.peakMemory >> 20) in all"
        }
        let own = frames.filter { $0.hasSuffix("(\(moduleName))") }.prefix(3)
        if !own.isEmpty { cause += "; it was in \(own.joined(separator: ", called from "))" }
        self.cause = cause
    }

    /// What the Swift runtime or the C library said last.
    private static func message(in lines: [Substring]) -> String? {
        let signs = ["Fatal error", "fatal error", "Could not allocate", "terminate called", "malloc", "free()"]
        guard let line = lines.last(where: { line in signs.contains { line.contains($0) } }) else { return nil }
        // The source file is a path on the machine of whoever built the module.
        let start = line.firstRange(of: "Fatal error")?.lowerBound ?? line.startIndex
        return ForeignText.line(String(line[start...]))
    }

    private static func speaksOfMemory(_ line: Substring) -> Bool {
        line.contains("Could not allocate") || line.contains("out of memory") || line.contains("bad_alloc")
    }

    /// Lines such as `/usr/lib/libx.so($s1x3fooyyF+0x12)[0x7f12]` between the marks of the crash handler, without the
    /// handler's own.
    private static func frames(in lines: [Substring]) -> [Frame] {
        guard let begin = lines.lastIndex(of: "== backtrace") else { return [] }
        let end = lines[begin...].firstIndex(of: "== end") ?? lines.endIndex
        return lines[begin + 1..<end].dropFirst(2).compactMap(frame)
    }

    private static func frame(_ line: Substring) -> Frame? {
        guard let open = line.firstIndex(of: "("), let close = line[open...].firstIndex(of: ")") else { return nil }
        let file = ModuleFile.name(of: String(line[..<open]))
        let place = line[line.index(after: open)..<close]
        guard let plus = place.lastIndex(of: "+") else { return Frame(file: file, symbol: String(place), offset: nil) }
        let digits = place[place.index(after: plus)...].drop { $0 == "0" || $0 == "x" }
        return Frame(file: file, symbol: String(place[..<plus]), offset: UInt64(digits, radix: 16))
    }

    /// A place in a file: beside a symbol that the file exports, or by its distance from the file's beginning.
    private struct Frame {
        let file: String
        let symbol: String
        let offset: UInt64?

        func text(symbols: SymbolTable?) -> String {
            if !symbol.isEmpty { return "\(SymbolName.readable(symbol)) (\(file))" }
            guard let offset else { return "? (\(file))" }
            guard let name = symbols?.name(at: offset) else { return "+0x\(String(offset, radix: 16)) (\(file))" }
            return "\(SymbolName.readable(name)) (\(file))"
        }
    }

    private static func name(of signal: CInt) -> String {
        let names: [CInt: String] = [
            SIGILL: "SIGILL, illegal instruction", SIGTRAP: "SIGTRAP, trap", SIGABRT: "SIGABRT, aborted",
            SIGSEGV: "SIGSEGV, memory that is not there", SIGBUS: "SIGBUS, memory that cannot be had",
            SIGFPE: "SIGFPE, arithmetic", SIGSYS: "SIGSYS, forbidden system call", SIGKILL: "SIGKILL, killed",
            SIGTERM: "SIGTERM, asked to end",
        ]
        return names[signal] ?? String(cString: strsignal(signal))
    }
}
