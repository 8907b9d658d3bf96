internal import Passes
internal import TargetContract

/// Secrets of users and administrators stay where they belong.
struct SecretsCheck: ConformanceCheck {
    let name = "secrets"
    let expectation = "The values of secret options and settings are in no event, error, log line, file or description"

    private typealias Finding = ConformanceReport.Finding

    func examine(_ examination: Examination) async -> CheckOutcome {
        let presented = await presentMarks(examination)
        // Settings have secrets, too, and an error about settings may tell them.
        if examination.record.unfinishedCall == nil { await examination.startWithUnknownSetting() }
        let needles = needles(presented, examination)
        guard !needles.isEmpty else {
            return .notApplicable("no secret option counts, and the suite was given no secrets")
        }
        var findings: [Finding] = []
        let texts = ObservedText.all(of: examination)
        for needle in needles {
            guard let text = texts.first(where: { needle.isFound(in: $0.bytes) }) else { continue }
            findings.append(
                Finding(
                    expected: "\(needle.name) appears nowhere",
                    seen: "it is in \(text.place)",
                    remedy: "Keep it in SecretBytes until it is used, and leave it out of texts"
                )
            )
        }
        return .examined("\(needles.count) secrets looked for in \(texts.count) texts", findings)
    }

    /// Gives the target marked secrets wherever it takes them.
    /// - Returns: the names of the options whose marks the target was given.
    private func presentMarks(_ examination: Examination) async -> Set<String> {
        let options = examination.manifest.options.filter(\.isSecret)
        let marks = options.flatMap { option in
            SecretMark(option: option.name).values(of: option.kind).map { (option: option.name, value: $0) }
        }.filter { isDelivered($0.option, $0.value, examination) }
        guard examination.isReady else {
            let all = marks.flatMap { calls(with: [$0.option: $0.value], examination) }
            _ = await examination.concurrently(all) { call in await call() }
            return Set(marks.map(\.option))
        }
        var presented: Set<String> = []
        for mark in marks {
            for call in calls(with: [mark.option: mark.value], examination)
            where examination.record.unfinishedCall == nil {
                await call()
                presented.insert(mark.option)
            }
        }
        return presented
    }

    /// Whether a value gets to the target: its option may not count with the other options, or refuse such a value.
    private func isDelivered(_ option: String, _ value: String, _ examination: Examination) -> Bool {
        let values = try? examination.values(for: examination.pipeline, [option: value])
        return values?.secretNames.contains(option) == true
    }

    /// All calls that take options, in the order in which users make them.
    private func calls(
        with changes: [String: String], _ examination: Examination
    ) -> [@Sendable () async -> Void] {
        let plan = examination.pipeline
        let others = examination.isReady ? examination.supported.prefix(1).filter { $0 != plan } : []
        let choices = examination.manifest.options.filter(\.hasChoices).map { option in
            { @Sendable in _ = await examination.choices(for: option.name, changes) }
        }
        let deployments = (others + [plan]).flatMap { plan in
            [
                { @Sendable in _ = await examination.look(plan, changes) },
                { @Sendable in _ = await examination.deploy(plan, changes) },
            ]
        }
        return choices + [{ @Sendable in _ = await examination.place(plan, changes) }] + deployments + [
            { @Sendable in _ = await examination.status(plan, changes) },
            { @Sendable in _ = await examination.logs(plan, changes) },
            { @Sendable in _ = await examination.rerun(plan, changes) },
            { @Sendable in _ = await examination.undeploy(plan, changes) },
        ]
    }

    private func needles(_ presented: Set<String>, _ examination: Examination) -> [SecretNeedle] {
        var needles = examination.input.secrets.map { SecretNeedle("a text that the suite was told is secret", $0) }
        for option in examination.manifest.options.filter(\.isSecret) {
            if presented.contains(option.name) {
                needles.append(SecretNeedle("the value of \(option.name)", SecretMark(option: option.name).text))
            }
            for word in examination.input.values(of: option.name).sorted().flatMap(SecretNeedle.words) {
                needles.append(SecretNeedle("the given value of \(option.name), or a part of it", word))
            }
        }
        return needles
    }
}
