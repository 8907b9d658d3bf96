internal import COpenSSL
internal import Glibc

/// Reads certificates with OpenSSL.
enum CertificateReader {
    /// The certificates of a PEM text; other blocks are passed over.
    static func read(pem: [UInt8]) throws(CryptographyError) -> [X509Certificate] {
        guard pem.count <= PEMText.maximumLength else {
            throw CryptographyError("the PEM text exceeds \(PEMText.maximumLength) bytes")
        }
        guard !pem.isEmpty else { return [] }
        ERR_clear_error()
        defer { ERR_clear_error() }
        let result = pem.withUnsafeBytes { bytes in
            Result { () throws(CryptographyError) in try read(bytes) }
        }
        return try result.get()
    }

    private static func read(_ bytes: UnsafeRawBufferPointer) throws(CryptographyError) -> [X509Certificate] {
        guard let source = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else {
            throw CryptographyError("OpenSSL is out of memory")
        }
        defer { BIO_free(source) }
        var certificates: [X509Certificate] = []
        while let certificate = PEM_read_bio_X509(source, nil, nil, nil) {
            defer { X509_free(certificate) }
            certificates.append(try describe(certificate))
        }
        guard ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE else {
            throw CryptographyError("a certificate in it is damaged")
        }
        return certificates
    }

    /// The certificate that a DER encoding stands for; the caller frees it.
    static func handle(of certificate: X509Certificate) -> OpaquePointer? {
        certificate.encoded.withUnsafeBufferPointer { bytes in
            var position = bytes.baseAddress
            return d2i_X509(nil, &position, bytes.count)
        }
    }

    static func isSigned(_ certificate: X509Certificate, by authority: X509Certificate) -> Bool {
        let (signed, signer) = (handle(of: certificate), handle(of: authority))
        defer {
            X509_free(signed)
            X509_free(signer)
            ERR_clear_error()
        }
        guard let signed, let signer, let key = X509_get0_pubkey(signer) else { return false }
        return X509_verify(signed, key) == 1
    }

    private static func describe(_ certificate: OpaquePointer) throws(CryptographyError) -> X509Certificate {
        guard let notBefore = X509_get0_notBefore(certificate).flatMap(seconds),
            let notAfter = X509_get0_notAfter(certificate).flatMap(seconds)
        else { throw CryptographyError("a certificate in it has no readable dates") }
        let subject = X509_get_subject_name(certificate)
        let issuer = X509_get_issuer_name(certificate)
        return X509Certificate(
            commonName: names(NID_commonName, of: subject).last,
            organizations: names(NID_organizationName, of: subject),
            issuer: names(NID_commonName, of: issuer).last ?? names(NID_organizationName, of: issuer).first,
            notBefore: UTCTime(seconds: notBefore),
            notAfter: UTCTime(seconds: notAfter),
            encoded: try encode(certificate)
        )
    }

    private static func encode(_ certificate: OpaquePointer) throws(CryptographyError) -> [UInt8] {
        var memory: UnsafeMutablePointer<UInt8>?
        let count = i2d_X509(certificate, &memory)
        guard count > 0, let memory else { throw CryptographyError("a certificate in it is damaged") }
        defer { CRYPTO_free(memory, nil, 0) }
        return Array(UnsafeBufferPointer(start: memory, count: Int(count)))
    }

    /// The values of one attribute, printable and at most 200 characters long.
    private static func names(_ attribute: Int32, of name: OpaquePointer?) -> [String] {
        var values: [String] = []
        var position = X509_NAME_get_index_by_NID(name, attribute, -1)
        while position >= 0, values.count < 64 {
            var memory: UnsafeMutablePointer<UInt8>?
            let data = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, position))
            let count = ASN1_STRING_to_UTF8(&memory, data)
            if count >= 0, let memory {
                values.append(printable(UnsafeBufferPointer(start: memory, count: Int(count))))
                CRYPTO_free(memory, nil, 0)
            }
            position = X509_NAME_get_index_by_NID(name, attribute, position)
        }
        return values
    }

    private static func printable(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
        return String(
            String.UnicodeScalarView(
                scalars.prefix(200).filter {
                    ![.control, .format, .lineSeparator].contains($0.properties.generalCategory)
                }
            )
        )
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>) -> Int64? {
        var parts = tm()
        guard ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
        return Int64(timegm(&parts))
    }
}
