internal import Blueprints
internal import Documents
internal import Passes
internal import TargetContract

/// Which module a worker is to load.
struct ModuleOrder: Codable, Sendable {
    var module: String
    var file: String
    /// The digest of the file that the host has seen, so that both speak of the same one.
    var sha256: String
    /// The target's settings as JSON.
    var settings: String
    var allowedNetworks: [String]

    /// What the worker itself has to load.
    var reference: ModuleReference {
        let settings = (try? Document(json: settings))?.object ?? DocumentObject()
        return ModuleReference(
            module: module, sha256: sha256, settings: TargetSettings(settings), isolation: .host)
    }
}

/// What a worker says of the module it has loaded.
struct WorkerGreeting: Codable, Sendable {
    var manifest: TargetManifest
    var contract: UInt32
    var abilities: Set<TargetAbility>
}

/// A line for the host's log.
struct WorkerLogLine: Codable, Sendable {
    var level: String
    var text: String
}

/// Why a call gave nothing.
enum WorkerFailure: Codable, Sendable {
    case target(code: String, what: String, why: String, remedy: String)
    case refusal(node: String?, field: String, problem: String, remedy: String)
    case options([OptionProblems.Problem])
    case cancelled
    /// Of a type that the contract does not know.
    case other(String)

    /// How many bytes of a text are handed on, and of how many options; more fits into no message, and nobody reads it.
    private static let longest = 16 << 10
    private static let most = 20

    /// What was thrown, with texts cut to what fits into a message.
    init(_ error: any Error) {
        func cut(_ text: String) -> String { text.prefixed(by: Self.longest) }
        self =
            switch error {
            case let error as TargetError:
                .target(
                    code: cut(error.code.rawValue), what: cut(error.what), why: cut(error.why),
                    remedy: cut(error.remedy))
            case let error as Refusal:
                .refusal(
                    node: error.node.map(cut), field: cut(error.field), problem: cut(error.problem),
                    remedy: cut(error.remedy))
            case let error as OptionProblems:
                .options(
                    error.problems.prefix(Self.most).map { problem in
                        var problem = problem
                        (problem.option, problem.text) = (cut(problem.option), cut(problem.text))
                        return problem
                    })
            case is CancellationError: .cancelled
            default: .other(cut("\(error)"))
            }
    }

    /// The error as it would have been thrown in this process.
    var error: any Error {
        switch self {
        case .target(let code, let what, let why, let remedy):
            TargetError(.init(rawValue: code), what: what, why: why, remedy: remedy)
        case .refusal(let node, let field, let problem, let remedy):
            Refusal(node: node, field: field, problem: problem, remedy: remedy)
        case .options(let problems): OptionProblems(problems: problems)
        case .cancelled: CancellationError()
        case .other(let text):
            TargetError(
                .failed,
                what: "The target failed without an explanation",
                why: text,
                remedy: "Tell the author of the module"
            )
        }
    }
}

/// A solution on its way to a worker; the blueprint of a pipeline is an attachment, because it may be any bytes.
struct SourceMessage: Codable, Sendable {
    var reference: SolutionReference
    var name: String
    var version: String
    var remarks: [String]
    /// Nil for a single model.
    var protos: [String: String]?
    var image: String?
    var proto: ProtoFile?

    init(_ source: SolutionSource) {
        reference = source.reference
        name = source.name
        version = source.version
        remarks = source.remarks
        switch source.content {
        case .pipeline(_, let protos): self.protos = protos
        case .model(let image, let proto):
            self.image = image
            self.proto = proto
        }
    }

    /// The solution again.
    func source(blueprint: [UInt8]?) -> SolutionSource {
        let content =
            if let protos {
                SolutionSource.Content.pipeline(blueprint: blueprint ?? [], protos: protos)
            } else {
                SolutionSource.Content.model(image: image ?? "", proto: proto)
            }
        return SolutionSource(reference: reference, name: name, version: version, content: content, remarks: remarks)
    }
}

extension Frame.Kind {
    /// How much is read of a message. What comes from a worker is read on threads with little room.
    var limits: DocumentLimits {
        switch self {
        case .event, .line, .log, .checking: DocumentLimits(bytes: 256 << 10, depth: 16, values: 10_000)
        case .rejected, .failure, .checked: DocumentLimits(bytes: 1 << 20, depth: 16, values: 20_000)
        case .loaded: DocumentLimits(bytes: 4 << 20, depth: 32, values: 200_000)
        case .result: DocumentLimits(bytes: 32 << 20, depth: 64, values: 2_000_000)
        case .attachment, .secret, .load, .call, .cancel, .open, .trial:
            DocumentLimits(bytes: Frame.contentLimit, depth: 512, values: .max)
        }
    }

    /// How long the content of a message may be.
    var contentLimit: Int { limits.bytes }
}

extension Frame {
    /// A message with a value as JSON.
    init(_ kind: Kind, encoding value: some Encodable) throws {
        self.init(kind, try Document(encoding: value).json())
    }

    /// The value that the content describes.
    /// - Throws: `FrameError` where it describes something else.
    func decoded<Value: Decodable>(as type: Value.Type) throws(FrameError) -> Value {
        do {
            return try Document(json: content, limits: kind.limits).decoded(as: type)
        } catch {
            throw FrameError(finding: "a message of the kind \(kind) that cannot be read")
        }
    }
}
