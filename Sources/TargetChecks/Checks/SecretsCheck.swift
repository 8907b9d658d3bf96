internal import Passes
internal import TargetContract

/// Secrets of users and administrators stay where they belong.
struct SecretsCheck: ConformanceCheck {
    let name = "secrets"
    let expectation = "The values of secret options and settings are in no event, error, log line, file or description"

    private typealias Finding = ConformanceReport.Finding

    func examine(_ examination: Examination) async -> CheckOutcome {
        let options = examination.manifest.options.filter(\.isSecret)
        let marks = options.flatMap { option in
            SecretMark(option: option.name).values(of: option.kind).map { (name: option.name, value: $0) }
        }
        _ = await examination.concurrently(examination.isReady ? [] : marks) { mark in
            await present([mark.name: mark.value], examination)
        }
        for mark in marks where examination.isReady && examination.record.unfinishedCall == nil {
            await present([mark.name: mark.value], examination)
        }
        let needles = needles(examination)
        guard !needles.isEmpty else {
            return .notApplicable("no option is secret, and the suite was given no secrets")
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

    /// Gives the target a marked secret wherever it takes one.
    private func present(_ changes: [String: String], _ examination: Examination) async {
        for plan in examination.isReady ? [examination.pipeline, examination.plans[0]] : [examination.pipeline] {
            _ = await examination.look(plan, changes)
            _ = await examination.deploy(plan, changes)
        }
        guard let target = examination.target as? any Placing, let plan = examination.plans.first else { return }
        _ = await examination.trial("place") { _ in
            .place(try target.place(for: examination.values(for: plan, changes)))
        }
    }

    private func needles(_ examination: Examination) -> [SecretNeedle] {
        var needles = examination.input.secrets.map { SecretNeedle("a text that the suite was told is secret", $0) }
        for option in examination.manifest.options.filter(\.isSecret) {
            needles.append(SecretNeedle("the value of \(option.name)", SecretMark(option: option.name).text))
            for word in SecretNeedle.words(in: examination.input.options[option.name] ?? "") {
                needles.append(SecretNeedle("the given value of \(option.name), or a part of it", word))
            }
        }
        return needles
    }
}
