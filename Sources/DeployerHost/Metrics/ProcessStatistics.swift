internal import Files
internal import Glibc

/// What Linux says of a process in `/proc/PID/stat` (proc_pid_stat(5)), in the units of Prometheus.
struct ProcessStatistics: Sendable, Hashable {
    /// User and system time.
    var cpuSeconds: Double
    /// Seconds between the machine's start and the process's.
    var startAfterBoot: Double
    var residentBytes: Double

    /// Nil for a line that is not as Linux writes it.
    /// - Parameters:
    ///   - ticks: of `sysconf(_SC_CLK_TCK)`, for each second.
    ///   - pageSize: in bytes.
    init?(stat: String, ticks: Double, pageSize: Double) {
        // The program's name stands in parentheses and may hold any sign, also these.
        guard let end = stat.lastIndex(of: ")") else { return nil }
        // The third field is the first one here.
        let fields = stat[end...].dropFirst().split(whereSeparator: \.isWhitespace).map { Double($0) }
        guard fields.count > 21, let user = fields[11], let system = fields[12], let start = fields[19],
            let pages = fields[21]
        else { return nil }
        cpuSeconds = (user + system) / ticks
        startAfterBoot = start / ticks
        residentBytes = pages * pageSize
    }

    /// Of this process, now; nil where `/proc` cannot be read.
    static func current() -> ProcessStatistics? {
        guard let bytes = try? FileReader.read("/proc/self/stat", limit: 64 << 10) else { return nil }
        return ProcessStatistics(
            stat: String(decoding: bytes, as: UTF8.self), ticks: Double(sysconf(Int32(_SC_CLK_TCK))),
            pageSize: Double(sysconf(Int32(_SC_PAGESIZE))))
    }

    /// Seconds since 1970 at which this machine started; nil where `/proc` cannot be read.
    static func bootTime() -> Double? {
        guard let bytes = try? FileReader.read("/proc/stat", limit: 4 << 20) else { return nil }
        let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line.flatMap { Double($0.dropFirst("btime ".count)) }
    }

    /// How many file descriptors this process has open; nil where `/proc` cannot be read.
    static func openFiles() -> Double? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Not counted: the entries `.` and `..`, and the descriptor of the folder itself.
        return Double(count - 3)
    }
}
