internal import Glibc
internal import Secrets

/// Bytes at an address that stays, lent to libcurl instead of copied, and overwritten before they are freed.
final class WipedMemory {
    let bytes: UnsafeMutableRawBufferPointer

    init(_ source: [UInt8]) {
        bytes = .allocate(byteCount: source.count, alignment: 1)
        bytes.copyBytes(from: source)
    }

    init(_ source: SecretBytes) {
        bytes = .allocate(byteCount: source.count, alignment: 1)
        source.withBytes { bytes.copyBytes(from: $0) }
    }

    deinit {
        if let address = bytes.baseAddress { explicit_bzero(address, bytes.count) }
        bytes.deallocate()
    }
}
