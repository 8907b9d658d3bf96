internal import TargetChecks

/// What a worker is to try a target out with, besides what it was opened with and the options.
struct TrialOrder: Codable, Sendable {
    var environment: ConformanceInput.Environment
    var nodeImage: String
    var orchestratorImage: String
}
