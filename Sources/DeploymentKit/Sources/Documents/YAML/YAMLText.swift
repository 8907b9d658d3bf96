/// A YAML text that was read: its value, and where each part of it stands.
public struct YAMLText: Sendable {
    /// What the text says.
    public let value: Document
    private let positions: [DocumentPath: DocumentPosition]

    init(value: Document, positions: [DocumentPath: DocumentPosition]) {
        self.value = value
        self.positions = positions
    }

    /// Where the value at that path begins, or the nearest value around it.
    public func position(of path: DocumentPath) -> DocumentPosition? {
        var path = path
        while true {
            if let position = positions[path] { return position }
            guard !path.steps.isEmpty else { return nil }
            path.steps.removeLast()
        }
    }
}
