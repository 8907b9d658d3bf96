internal import CCurl

/// A connection that libcurl made, with TLS where the URL says https.
final class TransferEndpoint: Endpoint {
    let descriptor: Int32
    private let transfer: Transfer
    private let multi: UnsafeMutableRawPointer

    init(_ transfer: Transfer, multi: UnsafeMutableRawPointer) {
        self.transfer = transfer
        self.multi = multi
        var socket = ccurl_bad_socket()
        ccurl_get_socket(transfer.easy, &socket)
        descriptor = socket
    }

    deinit { curl_multi_remove_handle(multi, transfer.easy) }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> EndpointResult {
        var count = 0
        let code = curl_easy_recv(transfer.easy, buffer.baseAddress, buffer.count, &count)
        return code == CURLE_OK && count == 0 ? .end : result(code, count)
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> EndpointResult {
        var count = 0
        let code = curl_easy_send(transfer.easy, bytes.baseAddress, bytes.count, &count)
        return code == CURLE_OK && count == 0 ? .again : result(code, count)
    }

    private func result(_ code: CURLcode, _ count: Int) -> EndpointResult {
        switch code {
        case CURLE_OK: .count(count)
        case CURLE_AGAIN: .again
        default: .failure(transfer.error(of: code))
        }
    }
}
