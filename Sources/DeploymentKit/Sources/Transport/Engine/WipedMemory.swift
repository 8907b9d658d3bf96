internal import Glibc
internal import Secrets

/// Bytes that are lent to libcurl and overwritten before they are freed.
final class WipedMemory {
    let pointer: UnsafeMutableRawPointer
    let count: Int

    init(_ bytes: some Collection<UInt8>) {
        count = bytes.count
        pointer = .allocate(byteCount: max(count, 1), alignment: 1)
        UnsafeMutableRawBufferPointer(start: pointer, count: count).copyBytes(from: bytes)
    }

    init(_ secret: SecretBytes) {
        count = secret.count
        let memory = UnsafeMutableRawPointer.allocate(byteCount: max(secret.count, 1), alignment: 1)
        secret.withBytes { UnsafeMutableRawBufferPointer(start: memory, count: $0.count).copyBytes(from: $0) }
        pointer = memory
    }

    deinit {
        explicit_bzero(pointer, count)
        pointer.deallocate()
    }
}
