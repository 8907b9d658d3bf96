/// The checks that try a target out, in the order in which they are made. Those at the end look at all that the ones
/// before have called forth: the secrets before the errors, for secrets that cannot be used call forth errors.
enum CheckList {
    static let all: [any ConformanceCheck] = [
        PlanningCheck(),
        RenderingCheck(),
        RefusalCheck(),
        RepetitionCheck(),
        ConcurrencyCheck(),
        CancellationCheck(),
        UndeployingCheck(),
        LogsCheck(),
        RerunningCheck(),
        ResumingCheck(),
        OptionsCheck(),
        SecretsCheck(),
        ClearingCheck(),
        EventsCheck(),
        ErrorsCheck(),
    ]
}
