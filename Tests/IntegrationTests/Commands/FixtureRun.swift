import TestSupport

/// Runs of commands against the fixture target and the sample catalogue.
struct FixtureRun {
    let folder: TemporaryFolder
    private let configuration: String

    init() throws {
        folder = try TemporaryFolder()
        configuration = try FixtureModule.configuration()
    }

    /// The words of a command for the fixture.
    func words(_ command: String, _ more: [String] = [], options: [String] = []) -> [String] {
        [command, CommandTests.shared, "--target", "fixture", "--config", configuration] + CommandTests.catalogue
            + options.flatMap { ["--option", $0] } + more
    }

    func callAsFunction(
        _ command: String,
        _ more: [String] = [],
        options: [String] = [],
        input: String = ""
    ) async throws -> CommandRun {
        try await CommandRun.of(words(command, more, options: options), input: input)
    }

    /// Runs a command against the solution package, which can do little.
    func ofLocalYAML(_ command: String, _ more: [String] = []) async throws -> CommandRun {
        try await CommandRun.of(
            [command, CommandTests.shared, "--target", "local-yaml", "--config", configuration]
                + CommandTests.catalogue + more
        )
    }
}
