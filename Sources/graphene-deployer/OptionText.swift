import Files
import Glibc

/// The value of an option as it is written on a command line: text, `@FILE`, `@-` for standard input, or `@@text` for
/// a text that begins with `@`.
enum OptionText {
    static let limit = 1 << 20

    static func read(_ written: String, option: String) throws -> String {
        guard written.hasPrefix("@") else { return written }
        let rest = String(written.dropFirst())
        if rest.hasPrefix("@") { return rest }
        let bytes = rest == "-" ? try standardInput(option) : try FileReader.read(rest, limit: limit)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw InputError(description: "option \(option): \(rest) is not UTF-8 text")
        }
        return text
    }

    private static func standardInput(_ option: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw InputError(description: "option \(option): standard input cannot be read") }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= limit else {
                throw InputError(description: "option \(option): standard input is longer than 1 MiB")
            }
        }
    }
}
