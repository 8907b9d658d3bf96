/// Why a report is not sent any further.
enum ReportObstacle: Error {
    /// The service does not answer, or refuses this deployer altogether.
    case unusable
    /// The host stops.
    case cancelled
}
