internal import TargetContract

/// The manifest alone, and what it says of the target's protocols.
enum ManifestCheck {
    private typealias Finding = ConformanceReport.Finding

    /// - Parameter target: nil where it could not be made; then its protocols are not known.
    static func check(_ manifest: TargetManifest, of target: (any DeploymentTarget)?) -> ConformanceReport.Check {
        var findings = manifest.problems.map {
            Finding(
                expected: "a manifest that the host accepts",
                seen: "it \($0.finding)",
                remedy: $0.remedy.prefix(1).uppercased() + $0.remedy.dropFirst()
            )
        }
        findings += texts(manifest) + manifest.options.flatMap(values) + labels(manifest.options)
        if let target { findings += capabilities(manifest, target) }
        return ConformanceReport.Check(
            name: "manifest",
            expectation: "The manifest says what people and the host need to know, and nothing that is not so",
            .examined("\(manifest.options.count) options, \(manifest.capabilities.count) capabilities", findings)
        )
    }

    private static func texts(_ manifest: TargetManifest) -> [Finding] {
        var texts = [("name", manifest.name), ("summary", manifest.summary)]
        for option in manifest.options {
            texts.append(("label of the option \(option.name)", option.label))
            texts.append(("help of the option \(option.name)", option.help))
        }
        var findings = texts.compactMap { place, text -> Finding? in
            guard let problem = problem(with: text) else { return nil }
            return Finding(
                expected: "the \(place) is a text for people, on one line",
                seen: "it \(problem)",
                remedy: "Say in a few words what it is"
            )
        }
        if !isVersion(manifest.version) {
            findings.append(
                Finding(
                    expected: "the version is numbers with dots, for instance 1.2.0",
                    seen: manifest.version.debugDescription,
                    remedy: "Correct it here and in target.note"
                )
            )
        }
        return findings
    }

    private static func problem(with text: String) -> String? {
        if text.allSatisfy(\.isWhitespace) { return "is empty" }
        if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            return "has line breaks or control characters"
        }
        return text.utf8.count > 400 ? "has more than 400 bytes" : nil
    }

    private static func isVersion(_ text: String) -> Bool {
        let core = text.split(separator: "-", maxSplits: 1).first ?? ""
        let numbers = core.split(separator: ".", omittingEmptySubsequences: false)
        return (2...4).contains(numbers.count)
            && numbers.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }
    }

    /// What forms could not show, or should not.
    private static func values(of option: TargetOption) -> [Finding] {
        var findings: [Finding] = []
        func add(_ expected: String, _ seen: String, _ remedy: String) {
            findings.append(Finding(expected: expected, seen: "the option \(option.name) \(seen)", remedy: remedy))
        }
        switch option.kind {
        case .choice(let choices) where choices.isEmpty || choices.contains("") || Set(choices).count < choices.count:
            add("a choice has values, each of them once", "has \(choices)", "Correct the list")
        case .integer(let minimum, let maximum) where minimum > maximum:
            add("the minimum is not above the maximum", "has \(minimum) and \(maximum)", "Exchange them")
        case .text, .document, .integer, .boolean, .choice, .quantity: break
        }
        if option.isSecret, option.defaultValue != nil {
            add("a secret has no default, which everybody could read", "has one", "Leave it out")
        }
        if option.isSecret, option.hasChoices {
            add("values of secrets are not listed", "has choices", "Leave out hasChoices")
        }
        return findings
    }

    private static func labels(_ options: [TargetOption]) -> [Finding] {
        var seen: [String: String] = [:]
        return options.compactMap { option in
            guard let other = seen.updateValue(option.name, forKey: option.label), other != option.name else {
                return nil
            }
            return Finding(
                expected: "options can be told apart in a form",
                seen: "\(other) and \(option.name) both have the label \(option.label.debugDescription)",
                remedy: "Give one of them another label"
            )
        }
    }

    private static func capabilities(_ manifest: TargetManifest, _ target: any DeploymentTarget) -> [Finding] {
        let protocols: [(name: String, type: String, isThere: Bool)] = [
            ("rendering", "Rendering", target is any Rendering), ("planning", "Planning", target is any Planning),
            ("undeploying", "Undeploying", target is any Undeploying),
            ("status-reporting", "StatusReporting", target is any StatusReporting),
            ("log-reading", "LogReading", target is any LogReading),
            ("rerunning", "Rerunning", target is any Rerunning), ("placing", "Placing", target is any Placing),
            ("suggesting", "Suggesting", target is any Suggesting),
            ("option-choosing", "OptionChoosing", target is any OptionChoosing),
            ("resuming", "Resuming", target is any Resuming),
        ]
        var findings: [Finding] = []
        func add(_ expected: String, _ seen: String, _ remedy: String) {
            findings.append(Finding(expected: expected, seen: seen, remedy: remedy))
        }
        var names: Set<Substring> = []
        for capability in manifest.capabilities {
            let parts = capability.split(separator: "/v", omittingEmptySubsequences: false)
            let isVersioned = parts.count == 2 && !parts[0].isEmpty && Int(parts[1]).map { $0 > 0 } == true
            if !isVersioned || !names.insert(parts[0]).inserted {
                let remedy = "Write for instance rendering/v1, once"
                add("a capability is a name, /v and a number, and is listed once", capability.debugDescription, remedy)
            }
        }
        for entry in protocols where names.contains(Substring(entry.name)) != entry.isThere {
            let expected = "the capability \(entry.name)/v1 is listed exactly where the target is \(entry.type)"
            if entry.isThere {
                add(expected, "it is \(entry.type), which is not listed", "Add \"\(entry.name)/v1\" to capabilities")
            } else {
                add(expected, "it is listed, and the target is not \(entry.type)", "Conform to it, or take it out")
            }
        }
        let choosing = manifest.options.filter(\.hasChoices).map(\.name)
        if !choosing.isEmpty, !(target is any OptionChoosing) {
            let names = choosing.joined(separator: ", ")
            add(
                "options have choices where the target is OptionChoosing", names,
                "Conform to it, or leave out hasChoices")
        }
        if choosing.isEmpty, target is any OptionChoosing {
            add(
                "OptionChoosing is for options with choices", "no option has hasChoices",
                "Set it where there are choices")
        }
        return findings
    }
}
