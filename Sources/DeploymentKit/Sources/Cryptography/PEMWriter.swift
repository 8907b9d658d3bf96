internal import COpenSSL
internal import Secrets

/// A memory of OpenSSL that PEM texts are written to; it is overwritten when it goes.
final class PEMWriter {
    private let memory: OpaquePointer

    /// - Throws: where there is no memory.
    init() throws(CryptographyError) {
        // The secure kind overwrites what it outgrows, too.
        guard let memory = BIO_new(BIO_s_secmem()) else { throw CryptographyError("OpenSSL is out of memory") }
        self.memory = memory
    }

    deinit { BIO_free(memory) }

    /// Lets OpenSSL write, and lends what it has written.
    /// - Parameter write: returns 1 for success.
    func text<Result>(
        of write: (OpaquePointer) -> Int32,
        _ take: (UnsafeRawBufferPointer) -> Result
    ) throws(CryptographyError) -> Result {
        var start: UnsafeMutablePointer<CChar>?
        guard write(memory) == 1 else { throw CryptographyError("OpenSSL cannot write the PEM text") }
        let count = BIO_ctrl(memory, BIO_CTRL_INFO, 0, &start)
        guard count > 0, let start else { throw CryptographyError("OpenSSL has written an empty PEM text") }
        return take(UnsafeRawBufferPointer(start: start, count: count))
    }
}
