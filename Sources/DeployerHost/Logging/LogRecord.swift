internal import Documents
internal import Logging

/// A log event as one line of JSON.
struct LogRecord {
    /// Seconds since 1970.
    var time: Double
    var level: String
    var label: String
    var message: String
    var metadata: Logger.Metadata

    /// In UTF-8, with a newline at its end and nowhere else.
    var json: [UInt8] {
        var object: DocumentObject = [
            "time": .string(TimeText.text(time)), "level": .string(level), "label": .string(label),
            "message": .string(message),
        ]
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            var name = key
            // JSON's members are unique; none may take the place of those above.
            while object[name] != nil { name = "metadata.\(name)" }
            object[name] = Self.document(value)
        }
        return Self.escaping(Document.object(object).json()) + [UInt8(ascii: "\n")]
    }

    /// Texts, objects and lists; whatever else there is as the text that it prints as.
    private static func document(_ value: Logger.MetadataValue) -> Document {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let value): .string(value.description)
        case .array(let elements): .array(elements.map(document))
        case .dictionary(let members):
            .object(
                members.sorted { $0.key < $1.key }.reduce(into: DocumentObject()) { $0[$1.key] = document($1.value) })
        }
    }

    /// Escapes what JSON allows as it is, but terminals obey or readers take for the end of a line: U+0080 to U+009F,
    /// U+2028 and U+2029.
    private static func escaping(_ json: [UInt8]) -> [UInt8] {
        guard json.contains(where: { $0 == 0xC2 || $0 == 0xE2 }) else { return json }
        var result: [UInt8] = []
        result.reserveCapacity(json.count + 32)
        var position = 0
        while position < json.count {
            let rest = json[position...]
            if rest.first == 0xC2, let next = rest.dropFirst().first, next < 0xA0 {
                result += "\\u00\(String(next, radix: 16))".utf8
                position += 2
            } else if rest.starts(with: [0xE2, 0x80, 0xA8]) || rest.starts(with: [0xE2, 0x80, 0xA9]) {
                result += "\\u202\(String(json[position + 2] - 0xA0, radix: 16))".utf8
                position += 3
            } else {
                result.append(json[position])
                position += 1
            }
        }
        return result
    }
}
