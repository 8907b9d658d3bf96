internal import Documents
internal import Secrets

/// Reads typed values out of one object of the configuration and collects what is wrong, so that an administrator
/// sees all of it at once.
struct SectionReader {
    let path: DocumentPath
    private let object: DocumentObject
    private let report: (ConfigurationProblem) -> Void

    init(_ object: DocumentObject, path: DocumentPath, report: @escaping (ConfigurationProblem) -> Void) {
        self.object = object
        self.path = path
        self.report = report
    }

    /// Reports every key that is not among these.
    func allow(_ keys: String...) {
        for key in object.keys where !keys.contains(key) {
            problem(key, "is an unknown key; known here: \(keys.joined(separator: ", "))")
        }
    }

    func has(_ key: String) -> Bool { !(object[key] ?? .null).isNull }

    func text(_ key: String) -> String? {
        switch object[key] {
        case nil, .null: return nil
        case .string(let text): return text
        case .number(let number): return number.text
        case .some(let other): return mismatch(key, "a string", other)
        }
    }

    func flag(_ key: String) -> Bool? {
        switch object[key] {
        case nil, .null: return nil
        case .bool(let value): return value
        case .string("true"): return true
        case .string("false"): return false
        case .some(let other): return mismatch(key, "true or false", other)
        }
    }

    func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = object[key], !value.isNull else { return nil }
        guard let number = value.integer ?? value.string.flatMap({ Int($0) }), range.contains(number) else {
            problem(key, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// A list of strings; one string is divided at commas, as environment variables write it.
    func texts(_ key: String) -> [String]? {
        switch object[key] {
        case nil, .null: return nil
        case .string(let text):
            return text.split(separator: ",").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
        case .array(let elements):
            let texts = elements.compactMap(\.string)
            guard texts.count == elements.count else { return mismatch(key, "a list of strings", .array(elements)) }
            return texts
        case .some(let other): return mismatch(key, "a list of strings", other)
        }
    }

    /// The object at a key, empty where there is none.
    func section(_ key: String) -> SectionReader {
        let inner = path.appending(key)
        switch object[key] {
        case nil, .null: return SectionReader(DocumentObject(), path: inner, report: report)
        case .object(let object): return SectionReader(object, path: inner, report: report)
        case .some(let other):
            let _: String? = mismatch(key, "an object", other)
            return SectionReader(DocumentObject(), path: inner, report: report)
        }
    }

    func sections(_ key: String) -> [SectionReader]? {
        guard let value = object[key], !value.isNull else { return nil }
        guard let elements = value.array else { return mismatch(key, "a list", value) }
        return elements.enumerated().compactMap { index, element in
            let inner = path.appending(key).appending(index)
            guard let object = element.object else {
                report(ConfigurationProblem(at: inner, text: "must be an object"))
                return nil
            }
            return SectionReader(object, path: inner, report: report)
        }
    }

    func document(_ key: String) -> DocumentObject? {
        switch object[key] {
        case nil, .null: return nil
        case .object(let object): return object
        case .some(let other): return mismatch(key, "an object", other)
        }
    }

    /// A secret, given as such or as the path of a file that holds it.
    func secret(_ key: String, file fileKey: String, readFile: (String) throws -> [UInt8]) -> SecretBytes? {
        if let path = text(fileKey) {
            if has(key) { problem(fileKey, "is given beside \(key); give one of them") }
            do {
                var bytes = try readFile(path)
                while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
                return SecretBytes(bytes)
            } catch {
                problem(fileKey, "names \(path), which cannot be read: \(error)")
                return nil
            }
        }
        return text(key).map { SecretBytes($0) }
    }

    func problem(_ key: String, _ text: String) {
        report(ConfigurationProblem(at: path.appending(key), text: text))
    }

    private func mismatch<Value>(_ key: String, _ expected: String, _ found: Document) -> Value? {
        problem(key, "must be \(expected), not \(found.kindName)")
        return nil
    }
}
