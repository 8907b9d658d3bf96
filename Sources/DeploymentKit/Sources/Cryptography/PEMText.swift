/// The bytes of a PEM text, searched without making a `String` of them.
struct PEMText {
    /// The longest text that is read, in bytes.
    static let maximumLength = 256 << 10

    private let bytes: UnsafeRawBufferPointer?
    private let array: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = nil
        array = bytes
    }

    /// Borrows the bytes; use only while they are lent.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        array = []
    }

    /// Whether an ASCII text occurs.
    func contains(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { needle in
            if let bytes { return Self.contains(bytes, needle) }
            return array.withUnsafeBytes { Self.contains($0, needle) }
        }
    }

    private static func contains(_ bytes: UnsafeRawBufferPointer, _ needle: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= needle.count else { return false }
        return (0...(bytes.count - needle.count)).contains { start in
            needle.indices.allSatisfy { bytes[start + $0] == needle[$0] }
        }
    }
}
