/// The checks that try a target out, in the order in which they are made. Those at the end look at all that the ones
/// before have called forth.
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
        EventsCheck(),
        ErrorsCheck(),
        SecretsCheck(),
    ]
}
