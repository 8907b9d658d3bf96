import Documents
import Secrets
import Synchronization
import TargetContract
import Testing

@Suite("Options of a target")
struct OptionValuesTests {
    private static func option(_ kind: TargetOption.Kind) -> TargetOption {
        TargetOption(name: "x", kind: kind, label: "X", help: "An X.")
    }

    @Test(
        "accept what fits their kind",
        arguments: [
            (.text, "a b"), (.document, "a\nb"), (.integer(minimum: 1, maximum: 9), "9"), (.boolean, "false"),
            (.choice(["a", "b"]), "b"),
            (.quantity, "1Gi"), (.quantity, "1.5"), (.quantity, "500m"),
        ] as [(TargetOption.Kind, String)])
    func accepted(kind: TargetOption.Kind, value: String) throws {
        #expect(try OptionValues(["x": value], for: [Self.option(kind)]).text("x") == value)
    }

    @Test(
        "refuse what does not, without repeating it",
        arguments: [
            (.text, "a\nb"), (.document, "a\u{0}"), (.integer(minimum: 1, maximum: 9), "10"),
            (.integer(minimum: 1, maximum: 9), "1.0"),
            (.boolean, "yes"), (.choice(["a"]), "A"), (.quantity, "-1Gi"), (.quantity, "1GB"), (.quantity, "0"),
            (.quantity, "1."), (.quantity, "٣Gi"),
        ] as [(TargetOption.Kind, String)])
    func refused(kind: TargetOption.Kind, value: String) throws {
        let error = try #require(throws: OptionProblems.self) {
            try OptionValues(["x": value], for: [Self.option(kind)])
        }
        #expect(error.problems.map(\.option) == ["x"])
    }

    @Test("are collected with everything that is wrong")
    func collected() throws {
        var required = Self.option(.text)
        required.isRequired = true
        var number = Self.option(.integer(minimum: 0, maximum: 1))
        number.name = "n"
        let error = try #require(throws: OptionProblems.self) {
            try OptionValues(["zzz": "1", "n": "5", "x": ""], for: [required, number])
        }
        #expect(error.problems.map(\.option) == ["zzz", "x", "n"])
        #expect(error.description.contains("unknown; there are x, n"))
    }

    @Test("keep secrets apart and fill in defaults")
    func secretsAndDefaults() throws {
        var secret = Self.option(.text)
        secret.isSecret = true
        var flag = Self.option(.boolean)
        flag.name = "flag"
        flag.defaultValue = "true"
        let values = try OptionValues(["x": "hunter2"], for: [secret, flag])
        #expect(values.text("x") == nil)
        #expect(values.secret("x")?.withBytes { String(decoding: $0, as: UTF8.self) } == "hunter2")
        #expect(values.boolean("flag"))
        #expect(!"\(values)".contains("hunter2"))
    }

    @Test(
        "are described to clients by their type",
        arguments: [
            (.text, #"{"type":"text"}"#),
            (.integer(minimum: 1, maximum: 9), #"{"maximum":9,"minimum":1,"type":"integer"}"#),
            (.choice(["a", "b"]), #"{"choices":["a","b"],"type":"choice"}"#), (.boolean, #"{"type":"boolean"}"#),
            (.document, #"{"type":"document"}"#), (.quantity, #"{"type":"quantity"}"#),
        ] as [(TargetOption.Kind, String)])
    func coding(kind: TargetOption.Kind, text: String) throws {
        let document = try Document(encoding: kind)
        #expect(document.jsonText(.canonical) == text)
        #expect(try document.decoded(as: TargetOption.Kind.self) == kind)
    }

    @Test("an observer is told of every value that is asked for, and how")
    func observed() throws {
        let seen = Mutex<[OptionReading]>([])
        let values = try OptionValues([:], for: []).observed { reading in seen.withLock { $0.append(reading) } }
        #expect(
            values.text("a") == nil && values.integer("b") == nil && !values.boolean("c") && values.secret("d") == nil)
        let expected: [OptionReading] = [
            .init(option: "a", form: .text), .init(option: "b", form: .integer), .init(option: "c", form: .boolean),
            .init(option: "d", form: .secret),
        ]
        #expect(seen.withLock(\.self) == expected)
    }
}
