public import TargetContract

/// Holds a target against the contract: what hosts and their users rely on, tried out.
///
/// ```swift
/// @Test func conforms() async {
///     let report = await Conformance.run(ListTarget.self)
///     #expect(report.isPassed, "\(report)")
/// }
/// ```
///
/// The target is made, solutions of the suite's own are planned with its passes, and everything it can do is called:
/// with `ConformanceInput.Environment.ready` that includes deployments, which are taken away again where it can. In the
/// report secrets read `<redacted>`.
public enum Conformance {
    /// Checks a type, for instance in the tests of a module's package.
    public static func run(
        _ type: any DeploymentTarget.Type,
        with input: ConformanceInput = ConformanceInput()
    ) async -> ConformanceReport {
        await run(TargetFactory(type), with: input)
    }

    /// Checks what a loaded module makes its targets with.
    /// - Parameters:
    ///   - starting: is told of every check before it is made, from any thread.
    ///   - progress: is told of every check when it is done, from any thread.
    public static func run(
        _ factory: TargetFactory,
        with input: ConformanceInput = ConformanceInput(),
        starting: (@Sendable (ConformanceReport.CheckName) -> Void)? = nil,
        progress: (@Sendable (ConformanceReport.Check) -> Void)? = nil
    ) async -> ConformanceReport {
        // A module may block the threads that all tasks share.
        await withTaskExecutorPreference(OwnThread()) {
            await examined(factory, input, starting, progress)
        }
    }

    private static func examined(
        _ factory: TargetFactory,
        _ input: ConformanceInput,
        _ starting: (@Sendable (ConformanceReport.CheckName) -> Void)?,
        _ progress: (@Sendable (ConformanceReport.Check) -> Void)?
    ) async -> ConformanceReport {
        let redaction = Redaction(input, factory.manifest.options)
        var report = ConformanceReport(target: factory.manifest.id, version: factory.manifest.version)
        func add(_ check: ConformanceReport.Check) {
            let check = redaction.clean(check)
            report.checks.append(check)
            progress?(check)
        }
        starting?(.start)
        let preparation = await Preparation(factory, input)
        add(ManifestCheck.check(factory.manifest, of: preparation.target))
        add(preparation.check)
        for check in CheckList.all {
            guard let examination = preparation.examination else {
                add(ConformanceReport.Check(check, .notApplicable("the target could not be made ready for it")))
                continue
            }
            if let call = examination.record.unfinishedCall, !check.isMadeAnyway {
                add(ConformanceReport.Check(check, .notApplicable("\(call) has not ended yet")))
                continue
            }
            starting?(ConformanceReport.CheckName(name: check.name, expectation: check.expectation))
            add(ConformanceReport.Check(check, await examination.verdict(of: check)))
        }
        return report
    }
}
