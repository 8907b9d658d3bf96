internal import Blueprints
internal import Documents
internal import Passes

/// Reads files of solutions from where a catalogue keeps them.
protocol FileRepository: Sendable {
    /// All bytes of a file.
    /// - Throws: `CatalogueError` that names the file, for one that is missing or larger than its limit, too.
    func read(_ file: CatalogueFile) async throws(CatalogueError) -> [UInt8]
}

/// Makes the source of a solution out of its records and files. Both catalogues do it this way.
struct SourceAssembly: Sendable {
    let reference: SolutionReference
    let files: any FileRepository

    /// All protobuf files of a pipeline together: what the orchestrator's gRPC limit leaves.
    static let totalProtoLimit = 4 << 20
    private static let concurrentReads = 8

    func source(
        solution: SolutionRecord,
        revision: RevisionRecord,
        artifacts: [ArtifactRecord]
    ) async throws(CatalogueError) -> SolutionSource {
        let selection = try ArtifactSelection(artifacts, of: solution)
        return SolutionSource(
            reference: reference,
            name: solution.name,
            version: revision.version,
            content: try await content(selection.choice),
            remarks: selection.remarks
        )
    }

    private func content(_ choice: ArtifactSelection.Choice) async throws(CatalogueError) -> SolutionSource.Content {
        switch choice {
        case .model(let image, nil): return .model(image: image, proto: nil)
        case .model(let image, let artifact?):
            let file = try CatalogueFile.proto(artifact)
            let text = try file.protoText(try await files.read(file))
            let name = artifact.name.isProtoName ? artifact.name : file.segments.last ?? artifact.name
            return .model(image: image, proto: ProtoFile(name: name, text: text))
        case .pipeline(let artifact):
            let file = try CatalogueFile.blueprint(artifact)
            let bytes = try await files.read(file)
            let document = try json(bytes, file)
            return .pipeline(blueprint: bytes, protos: try await protos(of: document))
        }
    }

    private func json(_ bytes: [UInt8], _ file: CatalogueFile) throws(CatalogueError) -> Document {
        do {
            return try Document(json: bytes, limits: .catalogue)
        } catch {
            let why = looksLikeHTML(bytes) ? "the repository sent a web page in its place" : error.description
            throw .invalid(what: file.sentence("is not JSON"), why: why)
        }
    }

    /// The texts of the protobuf files by `proto_uri`. A blueprint that is none, or is too large, has no files: the
    /// passes refuse it with the reason.
    private func protos(of document: Document) async throws(CatalogueError) -> [String: String] {
        guard let blueprint = try? Blueprint(document), blueprint.nodes.count <= ParsePass().limits.nodes else {
            return [:]
        }
        var wanted: [CatalogueFile] = []
        var uses: [String: Int] = [:]
        for node in blueprint.nodes where node.kind.runsContainer {
            guard let uri = node.protoURI else { continue }
            uses[uri, default: 0] += 1
            if uses[uri] == 1 { wanted.append(try .proto(uri: uri, node: node.containerName)) }
        }
        return try await read(wanted, uses: uses)
    }

    /// A few at a time; the first failure ends the others.
    /// - Parameter uses: how many nodes have the file; each gets a copy of its own.
    private func read(_ wanted: [CatalogueFile], uses: [String: Int]) async throws(CatalogueError) -> [String: String] {
        let outcome = await withTaskGroup(of: Result<(CatalogueFile, String), CatalogueError>.self) { group in
            var waiting = wanted[...]
            for _ in 0..<Self.concurrentReads {
                if let file = waiting.popFirst() { group.addTask { await text(of: file) } }
            }
            var texts: [String: String] = [:]
            var total = 0
            while let result = await group.next() {
                switch result {
                case .failure(let error):
                    group.cancelAll()
                    return Result<[String: String], CatalogueError>.failure(error)
                case .success((let file, let text)):
                    texts[file.uri] = text
                    total += text.utf8.count * (uses[file.uri] ?? 1)
                    guard total <= Self.totalProtoLimit else {
                        group.cancelAll()
                        return .failure(Self.tooMuch)
                    }
                    if let next = waiting.popFirst() { group.addTask { await self.text(of: next) } }
                }
            }
            return .success(texts)
        }
        return try outcome.get()
    }

    private func text(of file: CatalogueFile) async -> Result<(CatalogueFile, String), CatalogueError> {
        do throws(CatalogueError) {
            return .success((file, try file.protoText(try await files.read(file))))
        } catch {
            return .failure(error)
        }
    }

    private static let tooMuch = CatalogueError(
        .notDeployable,
        what: "The pipeline's protobuf files are too large",
        why: "together they exceed \(totalProtoLimit) bytes, the most that the orchestrator accepts",
        remedy: "Shorten the protobuf files of the models or divide the pipeline"
    )
}

extension SourceAssembly {
    /// CDS looks a revision up by its own id alone; without this any revision goes with any solution.
    static func checkPairing(
        _ revision: RevisionRecord,
        _ reference: SolutionReference
    ) throws(CatalogueError) {
        guard revision.solutionID == reference.solutionID else {
            throw CatalogueError(
                .wrongPairing,
                what: "The revision \(reference.revisionID) is none of solution \(reference.solutionID)",
                why: "it belongs to another solution",
                remedy: "Open the solution in the marketplace and deploy it from there"
            )
        }
    }

    static func checkActive(_ solution: SolutionRecord) throws(CatalogueError) {
        guard solution.isActive else {
            throw CatalogueError(
                .inactive,
                what: "The solution \(quoted(solution.name)) can't be deployed",
                why: "it has been deactivated",
                remedy: "Ask its owner or the operator of the platform to activate it"
            )
        }
    }

    static func unknownSolution(_ reference: SolutionReference) -> CatalogueError {
        CatalogueError(
            .unknownSolution,
            what: "There is no solution \(reference.solutionID)",
            why: "the catalogue does not know this id",
            remedy: "Open the solution in the marketplace and deploy it from there"
        )
    }

    static func unknownRevision(_ reference: SolutionReference) -> CatalogueError {
        CatalogueError(
            .unknownRevision,
            what: "There is no revision \(reference.revisionID)",
            why: "the catalogue does not know this id",
            remedy: "Open the solution in the marketplace and deploy it from there"
        )
    }
}
