/// Which of a revision's artifacts a deployment needs.
struct ArtifactSelection: Hashable {
    enum Choice: Hashable {
        case pipeline(blueprint: ArtifactRecord)
        case model(image: String, proto: ArtifactRecord?)
    }

    let choice: Choice
    /// Decisions that the modeller should know of.
    let remarks: [String]

    /// A blueprint makes a pipeline, whatever the toolkit type says; without one there must be an image.
    /// - Throws: `notDeployable` if there is neither.
    init(_ artifacts: [ArtifactRecord], of solution: SolutionRecord) throws(CatalogueError) {
        var remarks: [String] = []
        if let blueprint = Self.newest(artifacts.filter { $0.type == "BP" }, "blueprints", &remarks) {
            choice = .pipeline(blueprint: blueprint)
        } else if solution.isComposite {
            throw CatalogueError(
                .notDeployable,
                what: "The pipeline \(quoted(solution.name)) can't be deployed yet",
                why: "the pipeline has not been validated in Design Studio yet",
                remedy: "Open it in Design Studio, validate it, and deploy it again"
            )
        } else {
            let image = try Self.image(artifacts, of: solution, &remarks)
            let protos = artifacts.filter { $0.type == "MI" && ($0.name.isProtoName || $0.uri.isProtoName) }
            choice = .model(image: image, proto: Self.newest(protos, "protobuf files", &remarks))
        }
        self.remarks = remarks
    }

    private static func image(
        _ artifacts: [ArtifactRecord],
        of solution: SolutionRecord,
        _ remarks: inout [String]
    ) throws(CatalogueError) -> String {
        for type in ["DI", "DP"] {
            let images = artifacts.filter { $0.type == type && !$0.uri.isEmpty }
            if let image = newest(images, "images", &remarks) { return image.uri }
        }
        throw CatalogueError(
            .notDeployable,
            what: "The model \(quoted(solution.name)) can't be deployed",
            why: "it has no docker image",
            remedy: "Publish the model again with a docker image"
        )
    }

    /// The one changed last; of equally new ones the first in the list.
    private static func newest(
        _ artifacts: [ArtifactRecord],
        _ noun: String,
        _ remarks: inout [String]
    ) -> ArtifactRecord? {
        guard let first = artifacts.first else { return nil }
        let newest = artifacts.dropFirst().reduce(first) { $1.modified > $0.modified ? $1 : $0 }
        if artifacts.count > 1 {
            let shown = newest.type == "DI" || newest.type == "DP" ? newest.uri : newest.name
            remarks.append("the revision has \(artifacts.count) \(noun); the newest one, \(quoted(shown)), is used")
        }
        return newest
    }
}

extension String {
    var isProtoName: Bool { lowercased().hasSuffix(".proto") }
}
