import TargetContract

/// What tests can ask of the fixture.
enum FixtureOptions {
    static var all: [TargetOption] {
        [
            option("error", .text, "The code of the TargetError to fail with."),
            option("slow", .boolean, "Waits unless it is cancelled."),
            option("seconds", .integer(minimum: 1, maximum: 60), "How long it waits; a minute if nothing is said."),
            option("stubborn", .boolean, "Goes on waiting when it is cancelled."),
            option("outcome", .choice(["running", "completed"]), "How it ends."),
            option("state", .choice(["absent", "progressing", "running", "failed"]), "What status says."),
            option("pace", .integer(minimum: 0, maximum: 60_000), "Milliseconds between a node's states."),
            option("place", .text, "Where the deployment goes."),
            option("obstacle", .boolean, "Whether there is something in the way."),
            option("text", .text, "Is reported as it is."),
            option("link", .text, "The address of a page that is reported as it is."),
            option("failing", .text, "The node that is reported as failed, before anything else goes wrong."),
            option("document", .document, "The length is reported in the status."),
            option("expected-length", .integer(minimum: 0, maximum: 1 << 20), "The length of the secret, in bytes."),
            TargetOption(
                name: "token",
                kind: .text,
                label: "token",
                help: "Is shown nowhere.",
                isSecret: true
            ),
        ]
    }

    private static func option(_ name: String, _ kind: TargetOption.Kind, _ help: String) -> TargetOption {
        TargetOption(name: name, kind: kind, label: name, help: help)
    }

    /// Fails with the code that is asked for, or waits as long as is asked for and logs that it does.
    static func failOrWait(_ options: OptionValues, _ services: TargetServices) async throws {
        if let code = options.text("error") {
            throw TargetError(
                TargetError.Code(rawValue: code),
                what: "The fixture failed",
                why: "the option error says \(code)",
                remedy: "Leave it out"
            )
        }
        guard options.boolean("slow") else { return }
        let patience = Duration.seconds(options.integer("seconds") ?? 60)
        services.log(.info, "the fixture waits")
        do {
            try await Task.sleep(for: patience)
        } catch  where options.boolean("stubborn") {
            services.log(.info, "the fixture goes on")
            await Task { try? await Task.sleep(for: patience) }.value
        }
    }

    /// Refuses a secret of another length than expected: a test sees so that the whole secret arrived.
    static func checkSecret(of options: OptionValues) throws {
        guard let expected = options.integer("expected-length"), expected != options.secret("token")?.count ?? 0 else {
            return
        }
        throw TargetError(
            .invalidOption,
            what: "The token has another length",
            why: "\(expected) bytes are expected",
            remedy: "Correct the test"
        )
    }
}
