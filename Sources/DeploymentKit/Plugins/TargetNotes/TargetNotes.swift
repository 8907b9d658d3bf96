import Foundation
import PackagePlugin

/// Writes the note of a target module from its `target.note`, and the name of the compiler into the kit itself.
///
/// The compiler is an input of the command, so that another toolchain leads to other notes.
@main
struct TargetNotes: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let compiler = try context.tool(named: "swiftc").url
        let output = context.pluginWorkDirectoryURL.appending(path: "Note.swift")
        var arguments = [compiler.path, output.path]
        var inputs = [compiler.resolvingSymlinksInPath()]
        if target.name != "TargetContract" {
            let note = target.directoryURL.appending(path: "target.note")
            guard FileManager.default.fileExists(atPath: note.path) else {
                Diagnostics.error("\(note.path) is missing: write 'id: my-target' and 'version: 1.0.0' into it")
                return []
            }
            arguments.append(note.path)
            inputs.append(note)
        }
        return [
            .buildCommand(
                displayName: "Writing the note of \(target.name)",
                executable: try context.tool(named: "note-writer").url,
                arguments: arguments,
                inputFiles: inputs,
                outputFiles: [output]
            )
        ]
    }
}
