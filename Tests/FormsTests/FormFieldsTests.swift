import Testing

@testable import DeployerHost

@Suite("The fields of a form")
struct FormFieldsTests {
    private static func fields(_ text: String) throws -> FormFields {
        try FormFields(
            Array(text.utf8), contentType: "application/x-www-form-urlencoded; charset=UTF-8",
            limits: FormLimits(bytes: 1_000))
    }

    @Test(
        "are read from pairs as browsers write them",
        arguments: [
            ("a=1&b=2", [("a", "1"), ("b", "2")]), ("", []), ("&&", []), ("a", [("a", "")]), ("a=", [("a", "")]),
            ("a=b=c", [("a", "b=c")]), ("a+b=%2B+%26%3d%25", [("a b", "+ &=%")]), ("%C3%BC=%c3%BC", [("ü", "ü")]),
            ("a=ü", [("a", "ü")]), ("a=1%0D%0A2", [("a", "1\r\n2")]), ("a=1&a=2&", [("a", "1"), ("a", "2")]),
            ("a=%00", [("a", "\u{0}")]),
        ] as [(String, [(String, String)])])
    func pairs(text: String, pairs: [(String, String)]) throws {
        let expected = pairs.map { FormField(name: $0.0, value: Array($0.1.utf8)) }
        #expect(try Self.fields(text).fields == expected)
    }

    @Test(
        "are not guessed",
        arguments: [
            ("a=%", "at byte 2"), ("a=%4", "at byte 2"), ("a=%4g", "at byte 2"), ("b&a=%%20", "at byte 4"),
            ("%+1=a", "at byte 0"), ("=a", "at byte 0"), ("a&=a", "at byte 2"), ("%FF=a", "at byte 0"),
        ])
    func malformed(text: String, place: String) throws {
        let error = try #require(throws: FormError.self) { try Self.fields(text) }
        #expect(error.kind == .malformed)
        #expect(error.description.contains("\(place) of"))
    }

    @Test("have a text, the first of a name, if it is UTF-8")
    func texts() throws {
        let fields = try Self.fields("a=1&a=%FF&b=%FF&c=")
        #expect(try fields.text("a") == "1")
        #expect(try fields.text("c") == "")
        #expect(try fields.text("d") == nil)
        #expect(fields["b"]?.value == [0xFF])
        let error = try #require(throws: FormError.self) { try fields.text("b") }
        #expect(error.field == "b")
    }

    @Test("do not show their values")
    func redaction() throws {
        let fields = try Self.fields("password=MARKED&key=%4DARKED")
        var dumped = ""
        dump(fields, to: &dumped)
        let texts = ["\(fields)", String(reflecting: fields), dumped, "\(fields.fields[0])"]
        for text in texts {
            // As text, and as the numbers of an array of bytes.
            #expect(!text.contains("MARKED") && !text.contains("77"))
        }
        #expect("\(fields)".contains("password=<6 bytes>"))
    }

    @Test(
        "come in two formats and no other",
        arguments: [
            nil, "", "text/plain", "application/json", "multipart/mixed; boundary=b",
            "application/x-www-form-urlencodedx",
            "multipart/form-data-x; boundary=b", "application/x-www-form-urlencoded; charset", "; boundary=b",
        ])
    func otherTypes(contentType: String?) throws {
        let error = try #require(throws: FormError.self) {
            try FormFields([], contentType: contentType, limits: FormLimits(bytes: 10))
        }
        #expect(error.kind == .unsupportedType)
    }

    @Test(
        "need a boundary to be divided at",
        arguments: [
            "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
            "multipart/form-data; boundary=\"b \"", "multipart/form-data; boundary=ü",
            "multipart/form-data; boundary=a\"b",
            "multipart/form-data; boundary=" + String(repeating: "b", count: 71),
        ])
    func badBoundaries(contentType: String) throws {
        let error = try #require(throws: FormError.self) { try FormContentType(contentType) }
        #expect(error.kind == .malformed)
    }

    @Test(
        "have a boundary in any case and order",
        arguments: [
            "Multipart/Form-Data; Boundary=b", "multipart/form-data;boundary=\"b\"",
            "multipart/form-data ; charset=utf-8 ; boundary=b", "multipart/form-data; boundary=b;",
        ])
    func boundaries(contentType: String) throws {
        #expect(try FormContentType(contentType) == .multipart(boundary: "b"))
    }
}
