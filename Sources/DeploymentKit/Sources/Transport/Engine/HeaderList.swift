internal import CCurl
internal import Glibc
internal import Secrets

/// A list of lines for libcurl, wiped before it is freed.
final class HeaderList {
    private(set) var first: UnsafeMutablePointer<curl_slist>?

    deinit {
        var next = first
        while let item = next {
            if let line = item.pointee.data { explicit_bzero(line, strlen(line)) }
            next = item.pointee.next
        }
        curl_slist_free_all(first)
    }

    /// False if there is no memory.
    func append(_ line: String) -> Bool {
        guard let longer = curl_slist_append(first, line) else { return false }
        first = longer
        return true
    }

    /// A line with a secret that leaves no copy but that of libcurl.
    func append(prefix: String, secret: SecretBytes) -> Bool {
        let prefix = Array(prefix.utf8)
        let count = prefix.count + secret.count + 1
        let line = UnsafeMutablePointer<CChar>.allocate(capacity: count)
        line.initialize(repeating: 0, count: count)
        defer {
            explicit_bzero(line, count)
            line.deallocate()
        }
        let bytes = UnsafeMutableRawBufferPointer(start: line, count: count)
        bytes.copyBytes(from: prefix)
        secret.withBytes { UnsafeMutableRawBufferPointer(rebasing: bytes[prefix.count...]).copyBytes(from: $0) }
        guard let longer = curl_slist_append(first, line) else { return false }
        first = longer
        return true
    }
}
