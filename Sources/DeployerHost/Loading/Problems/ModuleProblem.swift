/// Something that keeps a module from being loaded.
public struct ModuleProblem: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    /// Which check found it.
    public let stage: LoadStage
    /// One sentence without a full stop: the file, what was found, what was expected, and after the colon what to do.
    public let sentence: String

    init(_ stage: LoadStage, _ sentence: String) {
        self.stage = stage
        self.sentence = sentence
    }

    /// The problem as one sentence.
    public var description: String { sentence }
}

/// All problems of one stage; there is at least one.
struct ModuleRejection: Error {
    let problems: [ModuleProblem]

    init(_ problems: [ModuleProblem]) { self.problems = problems }
    init(_ problem: ModuleProblem) { problems = [problem] }
}

/// Why a module cannot be used: all problems of the stage where loading ended.
public struct ModuleProblems: Error, Sendable, Hashable, CustomStringConvertible {
    /// At least one.
    public let problems: [ModuleProblem]

    /// The problems in one line.
    public var description: String { problems.map(\.sentence).joined(separator: "; ") }
}
