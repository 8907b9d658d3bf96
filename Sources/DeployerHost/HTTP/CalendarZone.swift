internal import FoundationEssentials
internal import Glibc

/// The time zone of Foundation's calendars in this process.
enum CalendarZone {
    /// Has Foundation take GMT, in which the server writes its `Date` headers. Foundation asks for the machine's zone
    /// first otherwise, and loads ICU for it: 2 MB of an idle host's memory. The C library, and so the log, stays in the
    /// machine's zone. To be called once, before there are threads that read the environment.
    static func settle() {
        let zone = getenv("TZ").map { String(cString: $0) }
        setenv("TZ", "GMT", 1)
        // It is remembered from now on.
        _ = TimeZone.current
        if let zone { setenv("TZ", zone, 1) } else { unsetenv("TZ") }
    }
}
