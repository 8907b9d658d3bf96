import Testing

@testable import DeployerHost

@Suite("A multipart form")
struct MultipartFormTests {
    private static let contentType = "multipart/form-data; boundary=b"

    static func fields(
        _ text: String, contentType: String = contentType, limits: FormLimits = FormLimits(bytes: 1 << 20)
    ) throws -> FormFields {
        try FormFields(Array(text.utf8), contentType: contentType, limits: limits)
    }

    /// A form with one part.
    private static func part(_ header: String, _ content: String = "x") -> String {
        "--b\r\n\(header)\r\n\r\n\(content)\r\n--b--\r\n"
    }

    @Test("is read as its senders write it", arguments: BrowserBody.all)
    func senders(sender: BrowserBody) throws {
        let fields = try FormFields(
            sender.body, contentType: sender.contentType, limits: FormLimits(bytes: sender.body.count))
        #expect(fields.fields.map(\.name) == ["namespace", "password", "kubeconfig"])
        #expect(fields.fields.map(\.isFile) == [false, false, true])
        #expect(try fields.text("namespace") == "berth")
        #expect(try fields.text("password") == "MARKED-SECRET")
        #expect(fields["kubeconfig"]?.value == Array("a: ü\r\nb: 2\r\n".utf8))
        #expect(fields["certificate"] == nil)
    }

    @Test("is refused wherever it is cut short", arguments: BrowserBody.all)
    func truncated(sender: BrowserBody) {
        for length in 0..<(sender.body.count - 2) {
            let error = #expect(throws: FormError.self) {
                try FormFields(
                    Array(sender.body[..<length]), contentType: sender.contentType, limits: FormLimits(bytes: 1 << 20))
            }
            #expect(error?.kind == .malformed)
        }
    }

    @Test(
        "keeps the bytes of a value",
        arguments: [
            "", "\r\n", "\n", "\r", "--b", "x\r\n--", "x\r\n--bb", "x\r\n--b x", "x\r\n--b-", "x\r\n--b-- x",
            "\r\n-b\r\n",
            "\r\r\n", "\n--b\n", "\u{0}\u{1}\u{7F}", "--b--", "a=b&c=%20",
        ])
    func bytes(value: String) throws {
        let fields = try Self.fields(Self.part("Content-Disposition: form-data; name=\"v\"", value))
        #expect(fields.fields == [FormField(name: "v", value: Array(value.utf8))])
    }

    @Test("may have blanks behind its boundaries, and anything before the first and after the last")
    func surroundings() throws {
        let text =
            "preamble\r\n--bb\r\n--b \t\r\nContent-Disposition: form-data; name=v\r\n\r\nx\r\n--b-- \r\n--b\r\nepilogue"
        #expect(try Self.fields(text).text("v") == "x")
        #expect(try Self.fields("--b--").count == 0)
        #expect(try Self.fields("--b--\r\n").count == 0)
    }

    @Test(
        "has names as their senders wrote them",
        arguments: [
            ("name=\"a b\"", "a b"), ("name=ab", "ab"), ("name=\"ü\"", "ü"), ("name=\"a%22b%0D%0Ac\"", "a\"b\r\nc"),
            ("name=\"100%25\"", "100%25"), ("name=\"a\\\"b\"", "a\"b"), ("name=\"a\\\\b\"", "a\\b"),
            ("name=\"a\\b\"", "a\\b"), ("name=\"a\\\"", "a\\"), ("name=\"a;b=c\"", "a;b=c"), ("name=\" a \"", " a "),
            ("name=\"a\";", "a"), ("x=y; NAME = \"a\"", "a"),
        ])
    func names(parameter: String, name: String) throws {
        #expect(try Self.fields(Self.part("Content-Disposition: form-data; \(parameter)")).fields.map(\.name) == [name])
    }

    @Test(
        "has files, whatever they are called",
        arguments: [
            "filename=\"C:\\kube\\\"", "filename=\"\\\"", "filename*=UTF-8''k%20", "filename=k", "filename=\"a\\\"b\"",
        ])
    func fileNames(parameter: String) throws {
        let header = "Content-Disposition: form-data; name=\"f\"; \(parameter)"
        #expect(try Self.fields(Self.part(header, "")).fields == [FormField(name: "f", value: [], isFile: true)])
    }

    @Test("has a file also where only its name is empty")
    func namelessFile() throws {
        let header = "Content-Disposition: form-data; name=\"f\"; filename=\"\""
        #expect(try Self.fields(Self.part(header)).fields == [FormField(name: "f", value: [120], isFile: true)])
        #expect(try Self.fields(Self.part(header, "")).count == 0)
    }

    @Test("keeps the order, and the first value of a name counts")
    func order() throws {
        let text = ["b=1", "a=2", "b=3"].map { pair in
            let sides = pair.split(separator: "=")
            return "--b\r\nContent-Disposition: form-data; name=\(sides[0])\r\n\r\n\(sides[1])\r\n"
        }
        let fields = try Self.fields(text.joined() + "--b--")
        #expect(fields.fields.map(\.name) == ["b", "a", "b"])
        #expect(try fields.text("b") == "1")
        #expect(fields.values("b").map(\.value) == [Array("1".utf8), Array("3".utf8)])
    }

    @Test(
        "is refused where a part's header is not as it must be",
        arguments: [
            ("X: y", "no header Content-Disposition"), ("Content-Disposition: form-data", "name is missing"),
            ("Content-Disposition: form-data; name=\"\"", "name is missing"),
            ("Content-Disposition: form-data; name", "no proper header"),
            ("Content-Disposition: form-data; name=\"a", "no proper header"),
            ("Content-Disposition: form-data; name=\"a\"b", "no proper header"),
            ("Content-Disposition: form-data; name=a; name=b", "no proper header"),
            ("Content-Disposition: form-data; name=a; Name=b", "no proper header"),
            ("Content-Disposition: form-data; =a", "no proper header"),
            ("Content-Disposition: attachment; name=a", "no proper header"),
            ("Content-Disposition:", "no proper header"),
            ("Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b", "no proper header"),
            ("Content-Disposition: form-data;\r\n name=a", "not \"name: value\""),
            ("Content-Disposition : form-data; name=a", "not \"name: value\""), (": x", "not \"name: value\""),
            ("x", "not \"name: value\""), ("Content-Disposition: form-data; name=a\n", "control character"),
            ("Content-Disposition: form-data; name=\"a\rb\"", "control character"),
            ("Content-Disposition: form-data; name=\"a\u{0}\"", "control character"),
            ("Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64", "Transfer-Encoding"),
            ("Content-Disposition: form-data; name=a\r\nContent-Type: multipart/mixed; boundary=c", "multipart itself"),
        ])
    func badHeader(header: String, reason: String) throws {
        let error = try #require(throws: FormError.self) { try Self.fields(Self.part(header)) }
        #expect(error.kind == .malformed)
        #expect(error.description.contains(reason))
    }

    @Test(
        "is refused where it is none, with the place",
        arguments: [
            "", "--b", "--b\r\n", "--b\r\n\r\n\r\n--b--", "--c--", "x", "namespace=berth", "--b\n\n", "\r\n--b",
        ])
    func noForm(text: String) throws {
        let error = try #require(throws: FormError.self) { try Self.fields(text) }
        #expect(error.kind == .malformed)
    }

    @Test("has names in UTF-8 only")
    func badName() {
        let bytes =
            Array("--b\r\nContent-Disposition: form-data; name=\"".utf8) + [0xFF] + Array("\"\r\n\r\n\r\n--b--".utf8)
        let error = #expect(throws: FormError.self) {
            try FormFields(bytes, contentType: Self.contentType, limits: FormLimits(bytes: 1_000))
        }
        #expect(error?.description.contains("at byte 5") == true)
    }
}
