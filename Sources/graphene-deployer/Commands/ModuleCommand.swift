import ArgumentParser

/// `graphene-deployer module …`
struct ModuleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "module",
        abstract: "Works with target modules.",
        subcommands: [ModuleVerifyCommand.self]
    )
}
