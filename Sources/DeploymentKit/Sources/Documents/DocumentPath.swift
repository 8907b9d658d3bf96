/// The way from the root of a document to one value, written `targets[0].module`.
public struct DocumentPath: Sendable, Hashable, CustomStringConvertible {
    /// One step down: to a member of an object, or to an element of a list, counted from 0.
    @frozen
    public enum Step: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    /// The steps from the root.
    public var steps: [Step]

    /// The path of these steps; the root's without any.
    public init(_ steps: [Step] = []) { self.steps = steps }

    /// The path to a member of what this path leads to.
    public func appending(_ key: String) -> DocumentPath { DocumentPath(steps + [.key(key)]) }
    /// The path to an element of what this path leads to.
    public func appending(_ index: Int) -> DocumentPath { DocumentPath(steps + [.index(index)]) }

    /// `targets[0].module`; empty for the root.
    public var description: String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .key(let key): text += text.isEmpty ? key : ".\(key)"
            case .index(let index): text += "[\(index)]"
            }
        }
    }
}

extension Document {
    /// The value at a path, or nil where the path leads nowhere.
    public subscript(path: DocumentPath) -> Document? {
        path.steps.reduce(Optional(self)) { value, step in
            switch step {
            case .key(let key): value?[key]
            case .index(let index): value?.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            }
        }
    }
}
