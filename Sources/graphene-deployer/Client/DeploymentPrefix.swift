import ArgumentParser

/// The id of a deployment on the command line, or its beginning.
struct DeploymentPrefix: ExpressibleByArgument, Hashable {
    /// In lower case.
    let text: String

    static let help = ArgumentHelp(
        "The id of the deployment, or at least 6 characters of its beginning.", valueName: "id")

    /// Nil for what no id begins with.
    init?(argument: String) {
        text = argument.lowercased()
        let isIDByte = { (byte: UInt8) in "0123456789abcdef-".utf8.contains(byte) }
        guard (6...36).contains(text.utf8.count), text.utf8.allSatisfy(isIDByte) else { return nil }
    }

    /// Whether it is the whole id.
    var isComplete: Bool { text.utf8.count == 36 }
}
