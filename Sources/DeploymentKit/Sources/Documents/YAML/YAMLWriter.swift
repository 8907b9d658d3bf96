internal import Yams

extension Document {
    /// The value as one YAML document that begins with `---`.
    ///
    /// Strings are quoted wherever some reader, of YAML 1.1 or 1.2, could take them for another type; empty lists and
    /// objects are written `[]` and `{}`.
    public func yamlText() -> String {
        do {
            return try serialize(node: YAMLWriter.node(self), width: -1, allowUnicode: true, explicitStart: true)
        } catch {
            // JSON is YAML: whatever the emitter may refuse is still written correctly.
            return "---\n" + jsonText(.pretty)
        }
    }
}

/// Builds the node tree of the YAML library; every node has an explicit tag, which spares it a regular expression each.
enum YAMLWriter {
    static func node(_ value: Document) -> Node {
        switch value {
        case .null: return plain("null", .null)
        case .bool(let flag): return plain(flag ? "true" : "false", .bool)
        case .number(let literal): return plain(literal.text, .float)
        case .string(let text): return string(text)
        case .array(let elements):
            return .sequence(.init(elements.map(node), .known(.seq), elements.isEmpty ? .flow : .block))
        case .object(let object):
            let pairs = object.members.map { (string($0.key), node($0.value)) }
            return .mapping(.init(pairs, .known(.map), pairs.isEmpty ? .flow : .block))
        }
    }

    private static func plain(_ text: String, _ tag: Tag.Name) -> Node { .scalar(.init(text, .known(tag), .plain)) }

    private static func string(_ text: String) -> Node {
        .scalar(.init(text, .known(.str), PlainScalar.isSafe(text) ? .plain : .doubleQuoted))
    }
}

extension Tag {
    /// A tag that needs no rules. Those that the library takes by default are regular expressions: compiling them costs
    /// every process some milliseconds, and 2 MB of ICU.
    static func known(_ name: Name) -> Tag { Tag(name, .basic) }
}
