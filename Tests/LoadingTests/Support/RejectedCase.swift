import DeployerHost
import Testing

/// A file that must be refused, and how.
struct RejectedCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let stage: LoadStage
    /// `<folder>` stands for the folder of the module, `<host>` for the host's compiler.
    let sentence: String
    var sha256: String?
    /// Puts `libSubject.so` into the folder.
    let prepare: @Sendable (ModuleFolder) throws -> Void

    init(
        _ description: String,
        _ stage: LoadStage,
        _ sentence: String,
        sha256: String? = nil,
        prepare: @escaping @Sendable (ModuleFolder) throws -> Void
    ) {
        testDescription = description
        self.stage = stage
        self.sentence = sentence
        self.sha256 = sha256
        self.prepare = prepare
    }

    /// A module of the fixtures as it is.
    init(_ description: String, _ stage: LoadStage, _ sentence: String, module: String) {
        self.init(description, stage, sentence) { try $0.add(module, as: "Subject") }
    }
}
