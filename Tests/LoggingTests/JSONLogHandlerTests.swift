import Documents
import Foundation
import Logging
import Testing

@testable import DeployerHost

@Suite("The log as JSON")
struct JSONLogHandlerTests {
    /// What a logger writes about events that the closure logs.
    private static func lines(
        provider: Logger.MetadataProvider? = nil, _ body: (inout Logger) -> Void
    ) throws -> [String] {
        let pipe = LogPipe()
        var logger = Logger(label: "test") { label in
            JSONLogHandler(label: label, output: pipe.output, metadataProvider: provider) { 1_767_225_600.125 }
        }
        body(&logger)
        return try pipe.lines()
    }

    @Test("is one object a line, with time, level, label, message and metadata")
    func members() throws {
        let lines = try Self.lines { logger in
            logger.info("request", metadata: ["path": "/healthz", "method": "GET", "status": "\(200)"])
            logger.error("failed")
        }
        #expect(
            lines == [
                """
                {"time":"2026-01-01T00:00:00.125Z","level":"info","label":"test","message":"request",\
                "method":"GET","path":"/healthz","status":"200"}
                """,
                #"{"time":"2026-01-01T00:00:00.125Z","level":"error","label":"test","message":"failed"}"#,
            ])
    }

    @Test("keeps metadata within metadata")
    func nested() throws {
        let lines = try Self.lines { logger in
            logger.info(
                "x", metadata: ["a": ["c": "1", "b": [["d": "2"], "3"]], "e": .stringConvertible(4), "f": [:]])
        }
        #expect(
            try #require(lines.first).hasSuffix(#""message":"x","a":{"b":[{"d":"2"},"3"],"c":"1"},"e":"4","f":{}}"#))
    }

    @Test("tells the logger's own metadata, its provider's and the event's; the nearer one counts")
    func sources() throws {
        let provider = Logger.MetadataProvider { ["b": "provider", "c": "provider"] }
        let lines = try Self.lines(provider: provider) { logger in
            logger[metadataKey: "a"] = "logger"
            logger[metadataKey: "b"] = "logger"
            logger.info("x", metadata: ["c": "event"])
        }
        #expect(try #require(lines.first).hasSuffix(#","a":"logger","b":"provider","c":"event"}"#))
    }

    @Test("tells an error's text and type")
    func errors() throws {
        let lines = try Self.lines { logger in logger.error("x", error: TokenError.expired) }
        let line = try Document(json: Array(try #require(lines.first).utf8), limits: .request)
        #expect(line["error.message"]?.string == TokenError.expired.description)
        #expect(line["error.type"]?.string == "DeployerHost.TokenError")
    }

    @Test("has no member twice")
    func collisions() throws {
        let lines = try Self.lines { logger in
            logger.info("x", metadata: ["message": "y", "time": "z", "metadata.message": "w", "metadata.time": "v"])
        }
        let line = try Document(json: Array(try #require(lines.first).utf8), limits: .request)
        let members = try #require(line.object).members
        #expect(Set(members.map(\.key)).count == members.count && members.count == 8)
        #expect(line["message"]?.string == "x")
        #expect(Set(members.compactMap(\.value.string)).isSuperset(of: ["y", "z", "w", "v"]))
    }

    @Test(
        "holds no control character, whatever is logged",
        arguments: [
            "\n", "\r\n", "\u{0}", "\u{1B}[31m", "\u{7F}", "\u{85}", "\u{9B}31m", "\u{2028}", "\u{2029}", "\t", "\"",
            "\\",
            "ü€😀\u{A0}\u{202A}\u{20A8}", "\u{C2}\u{E2}",
        ])
    func controlCharacters(text: String) throws {
        let lines = try Self.lines { logger in
            logger.info("\(text)", metadata: ["\(text)": "\(text)", "n": ["\(text)": ["\(text)"]]])
        }
        #expect(lines.count == 1)
        let line = try #require(lines.first)
        let isBreak = { (scalar: Unicode.Scalar) in scalar.properties.generalCategory == .control }
        #expect(!line.unicodeScalars.contains { isBreak($0) || $0 == "\u{2028}" || $0 == "\u{2029}" })
        let parsed = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(parsed["message"] as? String == text)
        #expect(parsed[text] as? String == text)
        #expect((parsed["n"] as? [String: [String]])?[text] == [text])
    }

    @Test("treats level and metadata as values")
    func values() throws {
        let lines = try Self.lines { logger in
            logger[metadataKey: "only-on"] = "first"
            var second = logger
            second.logLevel = .error
            second[metadataKey: "only-on"] = "second"
            logger.debug("too little")
            logger.info("first")
            second.warning("too little")
            second.error("second")
        }
        #expect(lines.count == 2)
        #expect(lines.first?.hasSuffix(#""first","only-on":"first"}"#) == true)
        #expect(lines.last?.hasSuffix(#""second","only-on":"second"}"#) == true)
    }

    @Test("keeps the lines of many threads apart, also long ones")
    func threads() async throws {
        let pipe = LogPipe()
        let text = String(repeating: "x", count: 6_000)
        await withTaskGroup { group in
            for number in 0..<8 {
                group.addTask {
                    let logger = Logger(label: "\(number)") { JSONLogHandler(label: $0, output: pipe.output) }
                    for _ in 0..<4 { logger.info("\(text)") }
                }
            }
        }
        let lines = try pipe.lines()
        #expect(lines.count == 32)
        for line in lines {
            #expect(try Document(json: Array(line.utf8), limits: .request)["message"]?.string == text)
        }
    }

    @Test("loses what nobody takes, and goes on")
    func closed() {
        let logger = Logger(label: "test") { JSONLogHandler(label: $0, output: LineOutput(descriptor: -1)) }
        logger.info("lost")
    }

    @Test("is one of two formats", arguments: [("json", LogFormat.json), ("text", .text), ("JSON", nil), ("", nil)])
    func formats(name: String, format: LogFormat?) {
        #expect(LogFormat(rawValue: name) == format)
        #expect(format?.logger(label: "x").handler is JSONLogHandler == (format == .json))
    }
}
