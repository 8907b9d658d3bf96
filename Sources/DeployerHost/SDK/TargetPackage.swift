internal import Mustache
public import TargetContract

/// The files of a package with a new target. Pure.
public struct TargetPackage: Sendable {
    private let name: TargetPackageName

    /// A package with this name.
    public init(name: TargetPackageName) { self.name = name }

    /// The files below the package's root, sorted by path.
    /// - Throws: for a template that cannot be parsed; a test keeps that from happening.
    public func files() throws -> [RenderedFile] {
        let files = try Self.templates.map { path, template in
            RenderedFile(path: path.replacing("NAME", with: name.module), text: try text(of: template))
        }
        return files.sorted { $0.path < $1.path }
    }

    private func text(of template: [UInt8]) throws -> String {
        let template = try MustacheTemplate(string: String(decoding: template, as: UTF8.self))
        return template.render(["name": name.module, "id": name.id])
    }

    /// By path; `NAME` stands for the name of the module.
    private static var templates: [(path: String, template: [UInt8])] {
        [
            (".gitignore", PackageResources.gitignore_mustache),
            ("Package.swift", PackageResources.Package_swift_mustache),
            ("Plugins/TargetNote/TargetNote.swift", PackageResources.TargetNote_swift_mustache),
            ("README.md", PackageResources.README_md_mustache),
            ("Sources/NAME/Entry.swift", PackageResources.Entry_swift_mustache),
            ("Sources/NAME/Inventory.swift", PackageResources.Inventory_swift_mustache),
            ("Sources/NAME/InventoryOptions.swift", PackageResources.InventoryOptions_swift_mustache),
            ("Sources/NAME/NAMETarget.swift", PackageResources.Target_swift_mustache),
            ("Sources/NAME/target.note", PackageResources.target_note_mustache),
            ("Tests/NAMETests/ConformanceTests.swift", PackageResources.ConformanceTests_swift_mustache),
            ("Tests/NAMETests/DeployingTests.swift", PackageResources.DeployingTests_swift_mustache),
            ("Tests/NAMETests/InventoryTests.swift", PackageResources.InventoryTests_swift_mustache),
            ("Tests/NAMETests/ManifestTests.swift", PackageResources.ManifestTests_swift_mustache),
            ("Tests/NAMETests/SamplePlan.swift", PackageResources.SamplePlan_swift_mustache),
            ("Tests/NAMETests/SampleTarget.swift", PackageResources.SampleTarget_swift_mustache),
            ("deployer.yaml", PackageResources.deployer_yaml_mustache),
            ("samples/artifacts/first.json", PackageResources.artifacts_json_mustache),
            ("samples/nexus/blueprint.json", PackageResources.blueprint_json_mustache),
            ("samples/nexus/greeter.proto", PackageResources.greeter_proto_mustache),
            ("samples/nexus/printer.proto", PackageResources.printer_proto_mustache),
            ("samples/revisions/first.json", PackageResources.revision_json_mustache),
            ("samples/solutions/greeting.json", PackageResources.solution_json_mustache),
        ]
    }
}
