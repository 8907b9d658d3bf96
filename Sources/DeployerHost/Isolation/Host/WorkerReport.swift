internal import Files

/// What a worker's trouble is, for people.
struct WorkerReport {
    /// What became of the process, to go on after the module's name.
    let cause: String
    /// Where its code was, innermost first, where that is known.
    let frames: [String]

    /// - Parameters:
    ///   - module: the path of the module's file.
    ///   - memory: how much the process could have, in bytes.
    ///   - scrubber: knows the secrets of the call; the process may have printed them.
    init(_ trouble: WorkerTrouble, module: String, memory: Int, scrubber: SecretScrubber) {
        switch trouble {
        case .ended(let end, let output):
            let text = scrubber.clean(String(decoding: output, as: UTF8.self))
            let report = CrashReport(
                end, output: Array(text.utf8), module: module, memory: memory, symbols: Self.symbols(of: module))
            (cause, frames) = (report.cause, report.frames)
        case .notStarted(let reason): (cause, frames) = ("its process could not be started (\(reason))", [])
        case .garbled(let finding): (cause, frames) = ("it sent \(finding), and was ended", [])
        case .hungUp: (cause, frames) = ("it gave up its connection with the host, and was ended", [])
        case .overdue(let time):
            (cause, frames) = ("it did not answer within \(time.components.seconds) s, and was ended", [])
        case .stubborn(let time):
            let seconds = time.components.seconds
            (cause, frames) = ("it did not give up within \(seconds) s of being told to, and was ended", [])
        }
    }

    /// The functions of the module's file, if it can still be read.
    private static func symbols(of module: String) -> SymbolTable? {
        guard let bytes = try? FileReader.read(module, limit: 256 << 20) else { return nil }
        return try? SymbolTable(parsing: bytes)
    }
}
