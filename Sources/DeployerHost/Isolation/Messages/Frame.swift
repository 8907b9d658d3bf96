/// One message between the host and a worker: four bytes of length (most significant first), one of kind, and as many
/// bytes of content as the length says.
struct Frame: Sendable, Hashable {
    /// What a message says. Those from 16 on come from the worker.
    enum Kind: UInt8, Sendable, CaseIterable {
        /// Load a module: `ModuleOrder`.
        case load = 1
        /// The value of a secret option for the next call: one byte of length, the option's name, the value.
        case secret
        /// Bytes that go with the next call or result, which says what they are.
        case attachment
        /// Do something: `WorkerCall`.
        case call
        /// Give up what is being done.
        case cancel
        /// Open a module to try its target out: `ModuleOrder`. Answered like `load`.
        case open
        /// Try the target out: `TrialOrder`, with every option as a secret before it. The result is a
        /// `ConformanceReport`.
        case trial

        /// The module is loaded: `WorkerGreeting`.
        case loaded = 16
        /// It is not: an array of `ModuleProblem`.
        case rejected
        /// A `DeploymentEvent`.
        case event
        /// A `LogLine`.
        case line
        /// A line for the host's log: `WorkerLogLine`.
        case log
        /// What a call gave; its type depends on the operation.
        case result
        /// Why a call gave nothing: `WorkerFailure`.
        case failure
        /// A check begins: `ConformanceReport.CheckName`.
        case checking
        /// A check is done: `ConformanceReport.Check`.
        case checked

        var isFromWorker: Bool { self == .attachment || rawValue >= Kind.loaded.rawValue }
    }

    var kind: Kind
    var content: [UInt8]

    init(_ kind: Kind, _ content: [UInt8] = []) {
        self.kind = kind
        self.content = content
    }

    static let headerLength = 5
    /// How long the content of any message may be; `Kind.contentLimit` is that of each.
    static let contentLimit = 64 << 20
    /// How many files may come with an answer, and how many bytes of them.
    static let fileLimit = 10_000
    static let filesLimit = 128 << 20

    /// The length and kind in front of content.
    static func header(_ kind: Kind, contentLength: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(contentLength).bigEndian) { Array($0) } + [kind.rawValue]
    }

    /// The message as it is sent.
    var bytes: [UInt8] { Self.header(kind, contentLength: content.count) + content }
}

/// Bytes that are no message.
struct FrameError: Error, Hashable {
    /// What they are instead, to go on after `sent`.
    let finding: String
}

/// Makes messages out of bytes as they arrive.
struct FrameDecoder {
    private var pending: [UInt8] = []
    private var start = 0

    /// Takes over bytes and gives back the messages that are complete with them.
    /// - Throws: `FrameError` at the first byte that belongs to no message; nothing can be read after that.
    mutating func decode(_ bytes: some Collection<UInt8>) throws(FrameError) -> [Frame] {
        pending.append(contentsOf: bytes)
        var frames: [Frame] = []
        while pending.count - start >= Frame.headerLength {
            let length = pending[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            guard let kind = Frame.Kind(rawValue: pending[start + 4]) else {
                throw FrameError(finding: "a message of the unknown kind \(pending[start + 4])")
            }
            let limit = kind.contentLimit
            guard length <= limit else {
                throw FrameError(finding: "a message of \(length) bytes, at most \(limit) are read")
            }
            guard pending.count - start - Frame.headerLength >= length else { break }
            let content = start + Frame.headerLength
            frames.append(Frame(kind, Array(pending[content..<content + length])))
            start = content + length
        }
        // Moved when it is worth it, not for every message.
        if start == pending.count || start > 1 << 16 {
            pending.removeFirst(start)
            start = 0
        }
        return frames
    }
}
