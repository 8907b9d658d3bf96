import ArgumentParser
import Files

/// One `name=value` of the command line, after `--option` or a flag like it, and where its value is.
struct OptionArgument {
    enum Source: Equatable {
        case literal(String)
        /// A path; `-` is standard input.
        case file(String)
    }

    let name: String
    let source: Source
    private let flag: String

    /// The most that a value's file may hold: 1 MiB.
    private static let limit = 1 << 20

    /// Reads `name=text`, `name=@FILE`, `name=@-` and `name=@@text`.
    /// - Throws: `ValidationError` for anything else; it does not repeat the argument, which may be a secret.
    init(_ pair: String, after flag: String = "--option") throws {
        self.flag = flag
        guard let separator = pair.firstIndex(of: "="), separator > pair.startIndex else {
            throw ValidationError("\(flag) takes name=value; one of its arguments has no = or no name before it")
        }
        name = String(pair[..<separator])
        let value = pair[pair.index(after: separator)...]
        if value.hasPrefix("@@") {
            source = .literal(String(value.dropFirst()))
        } else if value.hasPrefix("@") {
            guard value.count > 1 else {
                throw ValidationError("\(flag) \(name)=@ names no file; write \(name)=@FILE, or \(name)=@@ for @")
            }
            source = .file(String(value.dropFirst()))
        } else {
            source = .literal(String(value))
        }
    }

    /// Whether a value stands on the command line itself.
    var isLiteral: Bool {
        guard case .literal(let text) = source else { return false }
        return !text.isEmpty
    }

    /// The value, from the command line, the file or standard input.
    /// - Parameter keepingLineEnd: false drops the one line end that editors and `echo` leave at the end of a file.
    /// - Throws: `FileError`, or `InputError` where the file is not UTF-8.
    func value(keepingLineEnd: Bool) throws -> String {
        switch source {
        case .literal(let text): return text
        case .file(let path): return try contents(of: path, keepingLineEnd: keepingLineEnd)
        }
    }

    private func contents(of path: String, keepingLineEnd: Bool) throws -> String {
        var bytes = try FileReader.read(path, limit: Self.limit)[...]
        if !keepingLineEnd, bytes.last == UInt8(ascii: "\n") {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let place = path == "-" ? "standard input" : path
            throw InputError(
                description: "\(flag) \(name): \(place) is not UTF-8 text. Convert it, or name another file."
            )
        }
        return text
    }
}
