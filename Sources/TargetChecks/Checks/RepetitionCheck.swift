internal import Passes
internal import TargetContract

/// Deploying what is deployed already changes nothing.
struct RepetitionCheck: ConformanceCheck {
    let name = "repetition"
    let expectation = "Solutions are deployed, and deploying one a second time changes nothing"

    private typealias Finding = ConformanceReport.Finding

    func examine(_ examination: Examination) async -> CheckOutcome {
        guard examination.isReady else { return .notApplicable("no environment to deploy to") }
        var findings: [Finding] = []
        var deployed = 0
        for plan in examination.plans {
            let first = await examination.deploy(plan)
            guard let outcome = first.outcome else {
                // What the environment cannot do may be refused, as long as something else can be deployed.
                if (first.error as? TargetError)?.code != .unsupported { findings.append(failure(first)) }
                continue
            }
            deployed += 1
            findings += Self.problems(with: outcome, of: first.call)
            if let preview = await examination.preview(plan)?.preview { findings += changes(preview, plan.name) }
            let second = await examination.deploy(plan)
            guard let again = second.outcome else {
                findings.append(failure(second))
                continue
            }
            if outcome.artifact != again.artifact {
                findings.append(
                    Finding(
                        expected: "the same plan and options give the same artifact, byte for byte",
                        seen: "that of \(plan.name) differs the second time",
                        remedy: "Leave out times, random values and the order of sets and dictionaries"
                    )
                )
            }
        }
        if deployed == 0, findings.isEmpty {
            let seen = "all of them are refused as unsupported"
            findings.append(
                Finding(expected: "one of the solutions can be deployed", seen: seen, remedy: "Support one of them"))
        }
        return .examined("\(deployed) solutions deployed twice", findings)
    }

    private func failure(_ trial: Trial) -> Finding {
        Finding(
            expected: "the suite's solutions can be deployed, also a second time",
            seen: "\(trial.call) \(trial.words)",
            remedy: "Correct the target, the options that the suite was given, or the environment"
        )
    }

    private func changes(_ preview: DeploymentPreview, _ solution: String) -> [Finding] {
        let changes = preview.changes.filter { $0.action != .unchanged }
        guard let first = changes.first else { return [] }
        return [
            Finding(
                expected: "the preview of what is deployed finds everything unchanged",
                seen: "\(solution): \(changes.count) changes, the first is \(first.action.rawValue) \(first.kind) "
                    + "\(first.name) \(first.fields.map(\.path).joined(separator: ", "))",
                remedy: "Compare only what the target decides, not what the environment fills in"
            )
        ]
    }

    /// What portals could not show or save.
    private static func problems(with outcome: DeploymentOutcome, of call: String) -> [Finding] {
        var findings: [Finding] = []
        func add(_ expected: String, _ seen: String, _ remedy: String) {
            findings.append(Finding(expected: expected, seen: "\(call) returned \(seen)", remedy: remedy))
        }
        for link in outcome.links where !link.url.hasPrefix("https://") && !link.url.hasPrefix("http://") {
            add("links are http or https", link.url.debugDescription, "Make links of what the environment says")
        }
        if let artifact = outcome.artifact {
            let name = artifact.fileName
            let isComponent = !name.isEmpty && name != "." && name != ".." && !name.contains { "/\\\0".contains($0) }
            if !isComponent {
                add("the name of a file is one path component", name.debugDescription, "Take a plain name")
            }
            if !artifact.mediaType.contains("/") {
                add(
                    "a file has a media type", artifact.mediaType.debugDescription, "Write for instance application/zip"
                )
            }
        }
        return findings
    }
}
