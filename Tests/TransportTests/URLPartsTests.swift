import Testing
import Transport

struct URLPartsTests {
    @Test(arguments: [
        ("http://Example.org", "http", "example.org", 80, "/", "http://example.org/"),
        (
            "https://example.org:8443/a/b?c=d#e", "https", "example.org", 8443, "/a/b",
            "https://example.org:8443/a/b?c=d"
        ),
        ("https://[::1]:6443/x", "https", "::1", 6443, "/x", "https://[::1]:6443/x"),
        ("http://example.org./", "http", "example.org", 80, "/", "http://example.org/"),
        ("http://0x7f.1/", "http", "127.0.0.1", 80, "/", "http://127.0.0.1/"),
        ("http://2130706433/", "http", "127.0.0.1", 80, "/", "http://127.0.0.1/"),
    ])
    func `A URL is read as libcurl reads it`(
        text: String,
        scheme: String,
        host: String,
        port: Int,
        path: String,
        again: String
    ) throws {
        let url = try URLParts(text)
        #expect(url.scheme == scheme && url.host == host && url.port == port && url.path == path)
        #expect(url.text == again)
    }

    @Test(arguments: [
        "", "example.org", "/a", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "http://",
        "http://hunter@example.org/", "http://user:hunter@example.org/", "http://exa mple.org/",
        "http://example.org/\r\nX: y",
        "http://example.org:0/", "http://example.org:99999/", "http://[fe80::1%25eth0]/", "http://bücher.example/",
        "http://example.org\u{0}.example.com/",
    ])
    func `What this client does not call is refused`(text: String) {
        let error = #expect(throws: TransportError.self) { try URLParts(text) }
        #expect(error?.code == .invalidURL)
        #expect(error?.description.contains("hunter") == false)
    }

    @Test(arguments: [
        (["a", "b c"], "/base/a/b%20c"), (["{x}"], "/base/%7Bx%7D"), (["a/b"], "/base/a%2Fb"), (["ü"], "/base/%C3%BC"),
        (["%2e%2e"], "/base/%252e%252e"), (["a?b#c"], "/base/a%3Fb%23c"),
        (["Tram_feed.v2-1~x"], "/base/Tram_feed.v2-1~x"),
    ])
    func `Path segments are appended as data`(segments: [String], path: String) throws {
        #expect(try URLParts("http://example.org/base/").appending(segments: segments).path == path)
    }

    @Test(arguments: ["", ".", ".."])
    func `A path segment can't lead upwards`(segment: String) {
        #expect(throws: TransportError.self) {
            try URLParts("http://example.org/").appending(segments: ["a", segment])
        }
    }

    @Test func `Query items are encoded`() throws {
        let url = try URLParts("http://example.org/a?old=1").with(query: ["q": "a b&c", "r": "1"])
        #expect(url.text == "http://example.org/a?q=a%20b%26c&r=1")
    }
}
