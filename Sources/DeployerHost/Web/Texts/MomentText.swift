/// Points in time as pages write them.
enum MomentText {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// For instance `25 Nov 2026, 10:42 UTC`.
    /// - Parameter time: seconds since 1970.
    static func text(_ time: Double) -> String {
        let parts = TimeText.text(time).split { "-T:.".contains($0) }
        guard parts.count >= 5, let month = Int(parts[1]), let day = Int(parts[2]) else { return "" }
        return "\(day) \(months[(month - 1) % 12]) \(parts[0]), \(parts[3]):\(parts[4]) UTC"
    }

    /// For instance `10:42:07`.
    static func clock(_ time: Double) -> String { String(TimeText.text(time).dropFirst(11).prefix(8)) }
}
