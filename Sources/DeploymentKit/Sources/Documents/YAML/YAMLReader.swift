internal import Yams

extension YAMLText {
    /// Reads one YAML document in UTF-8 with plain values only: anchors, aliases, tags, several documents and keys
    /// that are no scalars are refused. An empty text is null.
    ///
    /// Aliases are looked for in the text before the parser sees it, since nested ones cost it exponential time
    /// (a "billion laughs" text of 400 bytes takes seconds).
    /// - Throws: `DocumentError` with line and column.
    public init(yaml bytes: [UInt8], limits: DocumentLimits = .configuration) throws(DocumentError) {
        guard bytes.count <= limits.bytes else {
            throw DocumentError(
                format: .yaml,
                reason: "the text has \(bytes.count) bytes, at most \(limits.bytes) are read",
                position: nil
            )
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DocumentError(format: .yaml, reason: "the text is not valid UTF-8", position: nil)
        }
        if let name = AliasScan.aliasedAnchor(in: bytes) {
            throw DocumentError(format: .yaml, reason: "aliases are not accepted (*\(name))", position: nil)
        }
        var reader = YAMLReader(limits: limits)
        let value = try reader.read(text)
        self.init(value: value, positions: reader.positions)
    }

    /// Reads one YAML document.
    public init(yaml text: String, limits: DocumentLimits = .configuration) throws(DocumentError) {
        try self.init(yaml: Array(text.utf8), limits: limits)
    }
}

/// Turns the node tree of the YAML library into a `Document`, with limits on depth and number of values.
struct YAMLReader {
    let limits: DocumentLimits
    private(set) var positions: [DocumentPath: DocumentPosition] = [:]
    private var values = 0

    init(limits: DocumentLimits) { self.limits = limits }

    mutating func read(_ text: String) throws(DocumentError) -> Document {
        let parser: Parser
        let root: Node?
        do {
            parser = try Parser(yaml: text, resolver: .basic)
            root = try parser.singleRoot()
        } catch {
            throw DocumentError(yamsError: error)
        }
        // Nodes know their anchors only as long as the parser lives.
        defer { withExtendedLifetime(parser) {} }
        guard let root else { return .null }
        return try convert(root, at: DocumentPath(), depth: 0)
    }

    private mutating func convert(_ node: Node, at path: DocumentPath, depth: Int) throws(DocumentError) -> Document {
        let position = node.mark.map { DocumentPosition(line: $0.line, column: $0.column) }
        if positions[path] == nil { positions[path] = position }
        values += 1
        guard values <= limits.values else { throw failure("more than \(limits.values) values", position) }
        guard depth <= limits.depth else { throw failure("nesting deeper than \(limits.depth) levels", position) }
        if let anchor = node.anchor { throw failure("anchors are not accepted (&\(anchor.rawValue))", position) }
        switch node {
        case .scalar(let scalar):
            // The library gives quoted scalars the tag of strings.
            let isQuoted = scalar.style != .plain
            if !isQuoted || scalar.tag != .known(.str) { try refuse(tag: scalar.tag.rawValue, position) }
            return isQuoted ? .string(scalar.string) : PlainScalar.resolve(scalar.string)
        case .sequence(let sequence):
            try refuse(tag: sequence.tag.rawValue, position)
            var elements: [Document] = []
            for (index, element) in sequence.enumerated() {
                elements.append(try convert(element, at: path.appending(index), depth: depth + 1))
            }
            return .array(elements)
        case .mapping(let mapping):
            try refuse(tag: mapping.tag.rawValue, position)
            var object = DocumentObject()
            for (keyNode, valueNode) in mapping {
                guard case .scalar(let key) = keyNode, key.anchor == nil else {
                    throw failure("a key must be a plain word or a string", position)
                }
                let member = path.appending(key.string)
                // A member stands where its name does.
                positions[member] = key.mark.map { DocumentPosition(line: $0.line, column: $0.column) }
                object[key.string] = try convert(valueNode, at: member, depth: depth + 1)
            }
            return .object(object)
        case .alias:
            throw failure("aliases are not accepted", position)
        }
    }

    private func refuse(tag: String, _ position: DocumentPosition?) throws(DocumentError) {
        guard tag.isEmpty else { throw failure("tags are not accepted (\(tag))", position) }
    }

    private func failure(_ reason: String, _ position: DocumentPosition?) -> DocumentError {
        DocumentError(format: .yaml, reason: reason, position: position)
    }
}

extension DocumentError {
    /// Takes the phrase and the place of the YAML library's error, never its snippet: the text may hold secrets.
    fileprivate init(yamsError error: any Error) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(format: .yaml, reason: problem, position: DocumentPosition(line: mark.line, column: mark.column))
        case .duplicatedKeysInMapping(let keys, let context):
            self.init(
                format: .yaml,
                reason: "the mapping has two keys \"\(keys.first ?? "")\"",
                position: DocumentPosition(line: context.mark.line, column: context.mark.column)
            )
        case .reader(let problem, _, _, _):
            self.init(format: .yaml, reason: problem, position: nil)
        default:
            self.init(format: .yaml, reason: "the text cannot be read", position: nil)
        }
    }
}
