import Documents
import Testing

@Suite("YAML")
struct YAMLTests {
    @Test(
        "is read with the core schema",
        arguments: [
            ("a: 1", ["a": 1]), ("a: '1'", ["a": "1"]), ("a: yes", ["a": "yes"]), ("a: true", ["a": true]),
            ("a:", ["a": .null]),
            ("a: ~", ["a": .null]), ("- x\n- [1, {b: c}]", ["x", [1, ["b": "c"]]]), ("", .null), ("# nothing\n", .null),
            ("a: 010", ["a": "010"]), ("a: 0x1F", ["a": "0x1F"]), ("a: 10.0.0.0/8", ["a": "10.0.0.0/8"]),
            ("a: |\n  x\n  y\n", ["a": "x\ny\n"]),
            ("<<: b", ["<<": "b"]), ("a: 12:30", ["a": "12:30"]),
        ] as [(String, Document)])
    func read(text: String, value: Document) throws {
        #expect(try YAMLText(yaml: text).value == value)
    }

    @Test("tells where each value stands")
    func positions() throws {
        let text = try YAMLText(yaml: "a: 1\nb:\n  - c: x\n    d: y\n")
        let path = DocumentPath([.key("b"), .index(0), .key("d")])
        #expect(text.position(of: path) == DocumentPosition(line: 4, column: 5))
        #expect(text.position(of: path.appending("deeper")) == DocumentPosition(line: 4, column: 5))
        #expect(text.value[path] == "y")
    }

    @Test(
        "is refused with place and reason",
        arguments: [
            ("a: &x 1", "anchors are not accepted"), ("a: &x 1\nb: *x", "aliases are not accepted"),
            ("a: !!str 1", "tags are not accepted"),
            ("a: !secret x", "tags are not accepted"), ("a: 1\na: 2", "two keys \"a\""),
            ("--- 1\n--- 2", "another document"),
            ("? [a]\n: b", "a key must be"), ("a: [1", "line 2"), ("a: 'x", "line 1"), ("\tx: 1", "line 1"),
            ("%YAML 9.9\n---\na", "line 1"),
        ])
    func refused(text: String, reason: String) {
        #expect { try YAMLText(yaml: text) } throws: { "\($0)".contains(reason) }
    }

    @Test("refuses nested aliases at once, as values and as keys", .timeLimit(.minutes(1)))
    func bombs() {
        var values = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
        for level in 1...12 {
            let alias = "*a\(level - 1)"
            values += "a\(level): &a\(level) [\(Array(repeating: alias, count: 9).joined(separator: ","))]\n"
        }
        for text in [values, values + "? *a12\n: x\n", values + "{*a12 : x}\n"] {
            let clock = ContinuousClock()
            let time = clock.measure { #expect(throws: DocumentError.self) { try YAMLText(yaml: text) } }
            #expect(time < .seconds(5))
        }
    }

    @Test("is bounded in bytes, depth and values")
    func limits() {
        let limits = DocumentLimits(bytes: 100, depth: 3, values: 10)
        #expect(throws: DocumentError.self) { try YAMLText(yaml: "[[[[1]]]]", limits: limits) }
        #expect(throws: DocumentError.self) { try YAMLText(yaml: "[1,2,3,4,5,6,7,8,9,10]", limits: limits) }
        #expect(throws: DocumentError.self) { try YAMLText(yaml: String(repeating: "#", count: 101), limits: limits) }
        #expect(throws: DocumentError.self) { try YAMLText(yaml: String(repeating: "[", count: 20_000)) }
        #expect(throws: DocumentError.self) { try YAMLText(yaml: [0x61, 0xFF]) }
    }

    @Test("never repeats the text in an error, which may be secret")
    func noSnippet() {
        #expect { try YAMLText(yaml: "token: \"s3cr3t\n") } throws: { !"\($0)".contains("s3cr3t") }
    }

    @Test(
        "is written so that every string is read back as a string",
        arguments: [
            "plain", "yes", "No", "on", "true", "null", "~", "", " ", "1", "1.0", "1e3", "0x1f", "010", "1_000",
            "12:30", "2001-01-01", "a: b", "a #b", "#a",
            "- a", "-", "?", "*a", "&a", "!a", "%a", "@a", "`a", "'", "\"", "a\nb", "a\\b", "é", "\u{1F600}", "\u{7F}",
            "{", "[", "]", ",", "it's:1", "=", "<<",
            "host:5000/a:1", "/data/shared", "a:", ":a", "|", ">", ".inf", ".NaN", "y", "N", "null:", "trailing ",
        ])
    func strings(text: String) throws {
        let document: Document = ["key": .string(text), "list": [.string(text)]]
        #expect(try YAMLText(yaml: document.yamlText()).value == document)
    }

    @Test("is written in block style with the members in order")
    func layout() {
        let document: Document = ["b": 1, "a": [["x": "w", "z": []]], "e": [:], "f": 8061, "g": "8061"]
        #expect(document.yamlText() == "---\nb: 1\na:\n- x: w\n  z: []\ne: {}\nf: 8061\ng: \"8061\"\n")
    }
}
