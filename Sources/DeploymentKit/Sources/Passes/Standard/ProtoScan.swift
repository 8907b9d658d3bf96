/// What can be seen in a protobuf file without compiling it: the rules of the generic parallel orchestrator, which
/// compiles each file alone and merges all of them into one without a package.
struct ProtoScan {
    /// Phrases that follow "its protobuf file".
    private(set) var problems: [String] = []
    /// Top-level messages and services: `message Job` and its tokens, joined by blanks.
    private(set) var declarations: [(name: String, text: String)] = []

    init(_ text: String) {
        let tokens = Self.tokens(of: text)
        if !Self.declaresProto3(tokens) { problems.append("lacks the line syntax = \"proto3\";") }
        var index = tokens.startIndex
        var services = 0
        while index < tokens.endIndex {
            let end = Self.endOfStatement(in: tokens, from: index)
            let statement = tokens[index..<end]
            switch tokens[index] {
            case "package": add("has a package, which the orchestrator refuses")
            case "import": add("has an import, which the orchestrator cannot resolve")
            case "enum": add("has an enum outside of a message, which the orchestrator refuses")
            case "extend": add("has an extend, which the orchestrator refuses")
            case "message", "service":
                if tokens[index] == "service" { services += 1 }
                declarations.append((statement.prefix(2).joined(separator: " "), statement.joined(separator: " ")))
                if Self.hasOptionalField(statement) { add("has an optional field, which the orchestrator refuses") }
            default: break
            }
            index = end
        }
        if services != 1 { problems.append("declares \(services) services where the orchestrator expects one") }
    }

    /// Each problem once, however often it occurs.
    private mutating func add(_ problem: String) {
        if !problems.contains(problem) { problems.append(problem) }
    }

    /// `optional` where a field begins, not as the name of a field or type.
    private static func hasOptionalField(_ statement: ArraySlice<Substring>) -> Bool {
        zip(statement, statement.dropFirst()).contains { ["{", "}", ";"].contains($0) && $1 == "optional" }
    }

    private static func declaresProto3(_ tokens: [Substring]) -> Bool {
        tokens.count >= 3 && tokens[0] == "syntax" && tokens[1] == "="
            && (tokens[2] == "\"proto3\"" || tokens[2] == "'proto3'")
    }

    /// Behind the next `;` outside of braces, or behind the brace that closes the first one opened.
    private static func endOfStatement(in tokens: [Substring], from start: Int) -> Int {
        var depth = 0
        for index in start..<tokens.count {
            switch tokens[index] {
            case "{": depth += 1
            case "}":
                depth -= 1
                if depth <= 0 { return index + 1 }
            case ";" where depth == 0: return index + 1
            default: break
            }
        }
        return tokens.count
    }

    /// Words, strings and single signs; comments and blanks are passed over.
    private static func tokens(of text: String) -> [Substring] {
        let bytes = text.utf8
        var tokens: [Substring] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            let end: String.Index
            switch byte {
            case UInt8(ascii: "/") where bytes[index...].starts(with: "//".utf8):
                index = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
                continue
            case UInt8(ascii: "/") where bytes[index...].starts(with: "/*".utf8):
                index = endOfComment(in: text, from: index)
                continue
            case 0...0x20:
                index = bytes.index(after: index)
                continue
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let rest = bytes[bytes.index(after: index)...]
                end = rest.firstIndex(of: byte).map { bytes.index(after: $0) } ?? bytes.endIndex
            case _ where isWord(byte):
                end = bytes[index...].firstIndex { !isWord($0) } ?? bytes.endIndex
            default:
                end = bytes.index(after: index)
            }
            tokens.append(text[index..<end])
            index = end
        }
        return tokens
    }

    private static func endOfComment(in text: String, from start: String.Index) -> String.Index {
        var index = text.utf8.index(start, offsetBy: 2)
        while index < text.utf8.endIndex {
            if text.utf8[index...].starts(with: "*/".utf8) { return text.utf8.index(index, offsetBy: 2) }
            index = text.utf8.index(after: index)
        }
        return index
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte >= 0x80
    }
}
