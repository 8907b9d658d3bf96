import ContractVersions
import Foundation

/// Usage: `note-writer <swiftc> <output> [<target.note>]`; without the last, the source is that of the kit.
let arguments = CommandLine.arguments
guard arguments.count == 3 || arguments.count == 4 else {
    fail("note-writer: error: usage: note-writer <swiftc> <output> [<target.note>]")
}
let compiler = compilerVersion(of: arguments[1])
let source = arguments.count == 3 ? NoteSource.kit(compiler: compiler) : moduleSource(from: arguments[3])
do {
    try source.write(toFile: arguments[2], atomically: true, encoding: .utf8)
} catch {
    fail("\(arguments[2]): error: cannot be written: \(error)")
}

func moduleSource(from path: String) -> String {
    do {
        let file = try NoteFile(parsing: String(contentsOfFile: path, encoding: .utf8))
        let contract = ContractVersion.current
        let note = ModuleNote(
            contract: contract.number,
            compiler: compiler,
            interface: contract.interface,
            id: file.id,
            version: file.version
        )
        return try NoteSource.module(note)
    } catch let error as NoteFileError {
        fail("\(path):\(error.line):1: error: \(error.text)")
    } catch {
        fail("\(path):1:1: error: \(error)")
    }
}

func compilerVersion(of path: String) -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["--version"]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    do {
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        // Its end is not waited for: waitUntilExit misses ends now and then, and waits forever.
        if let version = NoteSource.compiler(in: text) { return version }
        fail("\(path): error: --version prints no Swift version: \(text)")
    } catch {
        fail("\(path): error: cannot be run: \(error)")
    }
}

func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(1)
}
