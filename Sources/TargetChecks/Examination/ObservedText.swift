internal import Archives
internal import TargetContract

/// Something that left the target, where a secret could be.
struct ObservedText {
    /// For people: `an event of deploy(conformance-loop)`.
    let place: String
    let bytes: [UInt8]

    private init(_ place: String, _ bytes: [UInt8]) {
        self.place = place
        self.bytes = bytes
    }

    private init(_ place: String, reflecting value: Any) {
        self.init(place, Array(String(reflecting: value).utf8))
    }

    /// Everything that left the target in the course of an examination.
    static func all(of examination: Examination) -> [ObservedText] {
        let lines = examination.record.lines.map { ObservedText("a line of the log", Array($0.utf8)) }
        let descriptions = [String(describing: examination.target), String(reflecting: examination.target)]
        return lines + examination.record.trials.flatMap(texts)
            + descriptions.map { ObservedText("the description of the target", Array($0.utf8)) }
    }

    private static func texts(of trial: Trial) -> [ObservedText] {
        let events = (trial.recorder.events + trial.recorder.late).map { event in
            ObservedText("an event of \(trial.call) (\(event.kind.rawValue))", reflecting: event)
        }
        return events + texts(of: trial.ending, trial.call)
    }

    private static func texts(of ending: Trial.Ending, _ call: String) -> [ObservedText] {
        switch ending {
        case .unfinished: []
        case .threw(let error):
            [
                ObservedText("the error of \(call)", reflecting: error),
                ObservedText("the error of \(call)", Array(String(describing: error).utf8)),
            ]
        case .returned(let product): texts(of: product, call)
        }
    }

    private static func texts(of product: Product, _ call: String) -> [ObservedText] {
        switch product {
        case .nothing, .answer, .passes, .plans: []
        case .outcome(let outcome):
            [ObservedText("the links of \(call)", reflecting: outcome.links)]
                + (outcome.artifact.map { texts(of: $0, call) } ?? [])
        case .files(let files): files.map { ObservedText("\($0.path) of \(call)", $0.bytes + $0.path.utf8) }
        case .preview(let preview): [ObservedText("the preview of \(call)", reflecting: preview)]
        case .status(let status): [ObservedText("the answer of \(call)", reflecting: status)]
        case .choices(let choices): [ObservedText("the answer of \(call)", reflecting: choices)]
        case .place(let place): [ObservedText("the answer of \(call)", reflecting: place as Any)]
        case .suggestions(let values): [ObservedText("the answer of \(call)", reflecting: values)]
        case .target(let target): [ObservedText("the description of the target", reflecting: target)]
        case .lines(let lines): [ObservedText("the answer of \(call)", reflecting: lines)]
        }
    }

    /// The file, its name, and what is in it where it is a zip.
    private static func texts(of artifact: DeploymentOutcome.Artifact, _ call: String) -> [ObservedText] {
        let whole = ObservedText("\(artifact.fileName) of \(call)", artifact.bytes + artifact.fileName.utf8)
        guard let archive = try? ZipArchive(reading: artifact.bytes) else { return [whole] }
        return [whole]
            + archive.paths.map { ObservedText("\($0) in \(artifact.fileName) of \(call)", archive[$0] ?? []) }
    }
}
