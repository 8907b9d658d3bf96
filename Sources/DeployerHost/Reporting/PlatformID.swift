internal import Blueprints
internal import Documents

/// An id of the Common Data Service, fit to be part of a path: 1 to 36 characters, as in `SolutionReference`.
struct PlatformID: Sendable, Hashable {
    let text: String
    /// As it goes into JSON: tasks have numbers, all else has texts.
    let document: Document

    /// Nil for anything else.
    init?(_ text: String) { self.init(.string(text)) }

    /// A text or a whole number out of an answer; nil for anything else.
    init?(_ document: Document?) {
        guard let document, let text = document.string ?? document.integer.map({ String($0) }),
            SolutionReference(solutionID: text, revisionID: text) != nil
        else { return nil }
        self.text = text
        self.document = document
    }
}
