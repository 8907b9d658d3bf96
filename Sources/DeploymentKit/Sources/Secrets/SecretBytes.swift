internal import COpenSSL

/// Bytes that must not be seen: they print as `<redacted>`, are never encoded, and are overwritten when the last
/// reference goes.
public final class SecretBytes: Sendable {
    private let storage: UnsafeBufferPointerBox

    /// Takes over a copy; the caller's own copy is the caller's to forget.
    public init(_ bytes: [UInt8]) { storage = UnsafeBufferPointerBox(bytes) }

    /// The UTF-8 bytes of a text.
    public convenience init(_ text: String) { self.init(Array(text.utf8)) }

    /// The number of bytes.
    public var count: Int { storage.count }
    /// Whether there are none.
    public var isEmpty: Bool { storage.count == 0 }

    /// Lends the bytes for the time of the call.
    public func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(storage.bytes)
    }

    /// Whether both hold the same bytes; takes the same time wherever they differ.
    public func isEqual(to other: SecretBytes) -> Bool {
        guard count == other.count else { return false }
        return CRYPTO_memcmp(storage.bytes.baseAddress, other.storage.bytes.baseAddress, count) == 0
    }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `<redacted>`.
    public var description: String { "<redacted>" }
    /// `<redacted>`.
    public var debugDescription: String { "<redacted>" }
    /// A mirror without children, so that `dump` shows nothing either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Memory of its own, so that no array buffer is copied or grown behind the secret's back.
private struct UnsafeBufferPointerBox: ~Copyable, Sendable {
    /// Written in the initialiser and wiped in the deinitialiser only, so that readers on any thread see one content.
    private nonisolated(unsafe) let pointer: UnsafeMutableRawBufferPointer

    init(_ bytes: [UInt8]) {
        pointer = .allocate(byteCount: max(bytes.count, 1), alignment: 1)
        pointer.initializeMemory(as: UInt8.self, repeating: 0)
        pointer.copyBytes(from: bytes)
        count = bytes.count
    }

    let count: Int
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: pointer[..<count]) }

    deinit {
        OPENSSL_cleanse(pointer.baseAddress, pointer.count)
        pointer.deallocate()
    }
}
