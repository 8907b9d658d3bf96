internal import CCurl
internal import Glibc

/// What a result code of libcurl means to a caller.
struct CurlFailure {
    let code: TransportError.Code
    let reason: String

    /// - Parameters:
    ///   - systemError: `errno` of the last failed system call, 0 for none.
    ///   - text: libcurl's own words; used for TLS only, where they name what is wrong with the certificate.
    init(_ result: CURLcode, systemError: Int, text: String) {
        let general = String(cString: curl_easy_strerror(result))
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST: (code, reason) = (.unresolvable, "the host name has no address")
        case CURLE_COULDNT_CONNECT: (code, reason) = (.unreachable, Self.connectReason(systemError))
        case CURLE_OPERATION_TIMEDOUT: (code, reason) = (.timeout, "no complete answer within the deadline")
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: (code, reason) = (.invalidURL, general)
        case _ where Self.tls.contains(result): (code, reason) = (.tls, text.isEmpty ? general : text)
        // TLS 1.3 servers refuse a client certificate after the handshake, as an alert.
        case CURLE_RECV_ERROR where text.contains(" alert "), CURLE_SEND_ERROR where text.contains(" alert "):
            (code, reason) = (.tls, text)
        default: (code, reason) = (.failed, general)
        }
    }

    private static let tls: [CURLcode] = [
        CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CERTPROBLEM,
        CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT,
        CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_USE_SSL_FAILED, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CRL_BADFILE,
    ]

    private static func connectReason(_ number: Int) -> String {
        switch Int32(truncatingIfNeeded: number) {
        case ECONNREFUSED: "the connection was refused"
        case EHOSTUNREACH, ENETUNREACH: "there is no route to the host"
        case ECONNRESET: "the connection was reset"
        default: "no connection could be made"
        }
    }
}
