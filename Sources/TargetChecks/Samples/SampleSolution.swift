internal import Blueprints

/// The solutions that targets are tried with. No two have a node in common, so that a mix-up shows.
enum SampleSolution: String, CaseIterable, Sendable {
    /// One model without an orchestrator.
    case model = "conformance-model"
    /// A pipeline that comes back to its first node.
    case loop = "conformance-loop"
    /// A pipeline whose nodes share a folder.
    case folder = "conformance-folder"

    /// What a catalogue would give.
    /// - Parameter image: of every node.
    func source(image: String) -> SolutionSource? {
        guard let reference = SolutionReference("c0f00000-0000-4000-8000-00000000000\(number)/1") else { return nil }
        return SolutionSource(reference: reference, name: rawValue, version: "1.0.0", content: content(image))
    }

    private var number: Int {
        switch self {
        case .model: 1
        case .loop: 2
        case .folder: 3
        }
    }

    private func content(_ image: String) -> SolutionSource.Content {
        switch self {
        case .model:
            return .model(
                image: image,
                proto: ProtoFile(name: "model.proto", text: Self.proto("Model", ["rpc run(In) returns (Out);"])))
        case .loop:
            let nodes = [
                Self.node(
                    "loop-editor", image,
                    [
                        Self.operation("request", input: "Empty", output: "In", to: ["loop-solver.solve"]),
                        Self.operation("show", input: "Out", output: "Out", to: []),
                    ]),
                Self.node(
                    "loop-solver", image,
                    [
                        Self.operation("solve", input: "In", output: "Out", to: ["loop-editor.show"])
                    ]),
            ]
            let editor = Self.proto("LoopEditor", ["rpc request(Empty) returns (In);", "rpc show(Out) returns (Out);"])
            return Self.pipeline(
                rawValue, nodes,
                [
                    "loop-editor": editor, "loop-solver": Self.proto("LoopSolver", ["rpc solve(In) returns (Out);"]),
                ])
        case .folder:
            let mount = Self.operation(
                "mountVolume", input: "SharedFolderRequest", output: "SharedFolderStatus", to: [])
            let nodes = [
                Self.node(
                    "/data/shared", image, type: "SharedFolder",
                    [
                        Self.operation(
                            "provideFolder", input: "Empty", output: "SharedFolderRequest",
                            to: ["folder-writer.mountVolume", "folder-reader.mountVolume"])
                    ]),
                Self.node(
                    "folder-writer", image,
                    [
                        Self.operation("write", input: "Empty", output: "In", to: ["folder-reader.read"]), mount,
                    ]),
                Self.node(
                    "folder-reader", image,
                    [
                        Self.operation("read", input: "In", output: "Out", to: []), mount,
                    ]),
            ]
            return Self.pipeline(
                rawValue, nodes,
                [
                    "folder-writer": Self.proto("FolderWriter", ["rpc write(Empty) returns (In);"]),
                    "folder-reader": Self.proto("FolderReader", ["rpc read(In) returns (Out);"]),
                ])
        }
    }
}
