import Documents
import Testing

@Suite("JSON")
struct JSONTests {
    @Test(
        "is written as it was read",
        arguments: [
            "null", "true", "[]", "{}", #"{"b":1,"a":[1.0,-0,1e400,12345678901234567890]}"#, #""a\"\\\n/é😀""#,
            #"{"":{"":[[]]}}"#,
        ])
    func roundTrip(text: String) throws {
        #expect(try Document(json: text).jsonText() == text)
    }

    @Test("understands every escape, blanks and a byte order mark")
    func escapes() throws {
        #expect(
            try Document(json: "\u{FEFF} \"\\u00e4\\ud83d\\ude00\\/\\b\\f\\r\\t\" \n") == .string("ä😀/\u{8}\u{C}\r\t"))
    }

    @Test(
        "is refused with line, column and reason",
        arguments: [
            ("", "line 1, column 1", "ends where a value"),
            ("{\"a\":1,\n \"a\":2}", "line 2, column 2", "two members"),
            ("[1,]", "line 1, column 4", "cannot begin"),
            ("[1 2]", "line 1, column 4", "comma"),
            ("01", "line 1, column 2", "leading zero"),
            ("1.", "line 1, column 3", "digit"),
            ("truth", "line 1, column 1", "a word other than"),
            ("\"\\ud800\"", "line 1, column 8", "surrogate"),
            ("\"\\x\"", "line 1, column 4", "unknown escape"),
            ("\"a", "line 1, column 3", "ends inside a string"),
            ("\"\u{1}\"", "line 1, column 3", "control character"),
            ("{} {}", "line 1, column 4", "more text"),
            ("{a:1}", "line 1, column 2", "double quotes"),
            ("\n\n  nul", "line 3, column 3", "a word other than"),
        ])
    func refused(text: String, place: String, reason: String) {
        #expect { try Document(json: text) } throws: { error in
            "\(error)".contains(place) && "\(error)".contains(reason)
        }
    }

    @Test("is refused where it is not UTF-8")
    func invalidUTF8() {
        #expect(throws: DocumentError.self) { try Document(json: [0x22, 0xFF, 0x22]) }
    }

    @Test("is bounded in bytes, depth and values")
    func limits() throws {
        let limits = DocumentLimits(bytes: 40, depth: 3, values: 6)
        #expect(throws: Never.self) { try Document(json: "[[[1]]]", limits: limits) }
        #expect(throws: DocumentError.self) { try Document(json: "[[[[1]]]]", limits: limits) }
        #expect(throws: DocumentError.self) { try Document(json: "[1,2,3,4,5,6]", limits: limits) }
        #expect(throws: DocumentError.self) { try Document(json: String(repeating: " ", count: 41), limits: limits) }
        #expect(throws: DocumentError.self) { try Document(json: String(repeating: "[", count: 1_000_000)) }
    }

    @Test("has one canonical form")
    func canonical() throws {
        let first = try Document(json: #"{ "b": [1, 2], "a": {"y": null, "x": "ü"} }"#)
        let second = try Document(json: #"{"a":{"x":"\u00fc","y":null},"b":[1,2]}"#)
        #expect(first.json(.canonical) == second.json(.canonical))
        #expect(first.jsonText(.canonical) == #"{"a":{"x":"ü","y":null},"b":[1,2]}"#)
    }

    @Test("can be laid out for people")
    func pretty() throws {
        let text = "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}\n"
        #expect(try Document(json: text).jsonText(.pretty) == text)
    }

    @Test("finds members of large objects after changes")
    func largeObject() {
        var object = DocumentObject()
        for number in 0..<100 { object["k\(number)"] = .number(NumberLiteral(number)) }
        object["k5"] = nil
        object["k7"] = "seven"
        #expect(object["k5"] == nil)
        #expect(object["k7"] == "seven")
        #expect(object["k99"]?.integer == 99)
        #expect(object.keys.count == 99)
        #expect(object.keys[5] == "k6")
    }
}
