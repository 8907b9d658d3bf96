/// One field of a form, or one file. Its value may be a secret and is never printed.
struct FormField: Sendable, Hashable {
    /// As the sender wrote it.
    let name: String
    /// The bytes as they were sent.
    let value: [UInt8]
    /// Whether it is a file's content.
    let isFile: Bool

    init(name: String, value: [UInt8], isFile: Bool = false) {
        self.name = name
        self.value = value
        self.isFile = isFile
    }
}

extension FormField: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "\(name)=<\(value.count) bytes>" }
    var debugDescription: String { description }
    /// A mirror without children, so that `dump` shows no value either.
    var customMirror: Mirror { Mirror(self, children: []) }
}
