import TestSupport
import Testing

@Suite("Values of --option")
struct OptionArgumentTests {
    private static let secret = "MARKED-SECRET-VALUE"

    @Test("come from a file without its last line end, from standard input, and literally after @@")
    func sources() async throws {
        let fixture = try FixtureRun()
        let file = try fixture.folder.write("text", "from a file\n")
        let cases = [
            ("text=@\(file)", "from a file"), ("text=@-", "from input"), ("text=@@home", "@home"), ("text=a=b", "a=b"),
        ]
        for (option, text) in cases {
            let run = try await fixture("status", options: [option], input: "from input\r\n")
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.outputText.contains("node\tmodel\trunning\t\(text)\n"))
        }
        let document = try fixture.folder.write("document", "two\nlines\n")
        #expect(try await fixture("status", options: ["document=@\(document)"]).outputText.contains("10 bytes"))
    }

    @Test(
        "are wrong usage without a name, without a file, or where standard input is read twice",
        arguments: [["=x"], ["text"], ["text=@"], ["text=@-", "document=@-"], ["text=1", "text=2"]],
        ["deploy", "plan", "status", "logs", "undeploy", "rerun"]
    )
    func usage(options: [String], command: String) async throws {
        #expect(try await FixtureRun()(command, options: options).status == 2)
    }

    @Test("that cannot be read say which file, and why")
    func unreadable() async throws {
        let fixture = try FixtureRun()
        let missing = try await fixture("deploy", options: ["text=@/no/such/file"])
        #expect(missing.status == 3)
        #expect(missing.errors.contains("/no/such/file cannot be read"))
        let large = try fixture.folder.write("large", String(repeating: "x", count: (1 << 20) + 1))
        let tooLarge = try await fixture("deploy", options: ["text=@\(large)"])
        #expect(tooLarge.status == 3)
        #expect(tooLarge.errors.contains("more than 1048576 bytes"))
        try fixture.folder.put("binary", bytes: [0x61, 0xFF, 0xFE])
        let binary = try await fixture("deploy", options: ["text=@\(fixture.folder.path)/binary"])
        #expect(binary.status == 1)
        #expect(binary.errors.contains("is not UTF-8"))
    }

    @Test("that are secret arrive whole and are shown nowhere", arguments: ["deploy", "status"])
    func secrets(command: String) async throws {
        let fixture = try FixtureRun()
        let file = try fixture.folder.write("token", Self.secret + "\n")
        let length = "expected-length=\(Self.secret.utf8.count)"
        for flags in [["--json"], command == "deploy" ? ["--follow"] : []] {
            for token in ["token=@\(file)", "token=@-", "token=\(Self.secret)"] {
                let run = try await fixture(command, flags, options: [token, length], input: Self.secret)
                #expect(run.status == 0, "\(run.errors)")
                #expect(!run.errors.contains(Self.secret) && !run.outputText.contains(Self.secret))
                #expect(run.errors.contains("process list") == !token.contains("@"))
            }
        }
        let refused = try await fixture(command, options: ["token=\(Self.secret)\u{1}", "typo=1"])
        #expect(refused.status == 1)
        #expect(!refused.errors.contains(Self.secret))
    }
}
