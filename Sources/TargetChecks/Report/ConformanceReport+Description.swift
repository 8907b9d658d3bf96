extension ConformanceReport: CustomStringConvertible {
    /// A line for each check, those that failed with what is wrong, and a conclusion.
    public var description: String {
        (checks.map(\.description) + [conclusion]).joined(separator: "\n")
    }

    /// What all checks together say, as a sentence.
    public var conclusion: String {
        let failed = checks.filter { $0.verdict == .failed }.map(\.name)
        let passed = checks.filter { $0.verdict == .passed }.count
        let left = checks.count - passed - failed.count
        let good = "\(passed) check\(passed == 1 ? "" : "s") passed"
        let others = left == 0 ? "" : ", \(left) do not apply"
        guard failed.isEmpty else {
            let names = failed.joined(separator: ", ")
            return "\(target) \(version) does not conform: \(names) failed; \(good)\(others)."
        }
        return "\(target) \(version) conforms: \(good)\(others)."
    }
}

extension ConformanceReport.Check: CustomStringConvertible {
    /// The verdict, the name and what was seen; below it what is wrong.
    public var description: String {
        let word =
            switch verdict {
            case .passed: "passed"
            case .failed: "FAILED"
            case .notApplicable: "-     "
            }
        let padding = String(repeating: " ", count: max(1, 14 - name.count))
        return (["\(word)  \(name)\(padding)\(seen)"] + findings.map(\.description)).joined(separator: "\n")
    }
}

extension ConformanceReport.Finding: CustomStringConvertible {
    /// What was expected, what was seen, and what to do, a line each.
    public var description: String {
        """
                expected  \(expected)
                seen      \(seen)
                to do     \(remedy)
        """
    }
}
