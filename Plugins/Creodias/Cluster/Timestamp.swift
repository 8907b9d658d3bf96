internal import Glibc

/// A moment to the second, as the API writes it (RFC 3339 in UTC).
struct Timestamp: CustomStringConvertible {
    /// Since 1970.
    let seconds: Int64

    init(seconds: Int64) { self.seconds = seconds }

    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(seconds: Int64(time.tv_sec))
    }

    /// Reads `2026-01-31T12:00:00Z`, with or without a fraction; nil for anything else.
    init?(_ text: String) {
        guard text.hasSuffix("Z"), text.utf8.count <= 40 else { return nil }
        let parts = text.dropLast().prefix { $0 != "." }.split { "-T:".contains($0) }.map { Int32($0) }
        guard parts.count == 6, let year = parts[0], let month = parts[1], let day = parts[2], let hour = parts[3],
            let minute = parts[4], let second = parts[5], (1970...9999).contains(year)
        else { return nil }
        var time = tm()
        (time.tm_year, time.tm_mon, time.tm_mday) = (year - 1900, month - 1, day)
        (time.tm_hour, time.tm_min, time.tm_sec) = (hour, minute, second)
        seconds = Int64(timegm(&time))
    }

    var description: String { text + "Z" }

    /// With the fraction that `MicroTime` demands.
    var micro: String { text + ".000000Z" }

    private var text: String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        var buffer = [CChar](repeating: 0, count: 32)
        let count = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%S", &parts)
        return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
