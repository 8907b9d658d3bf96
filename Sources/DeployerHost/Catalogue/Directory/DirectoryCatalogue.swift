public import Blueprints
internal import Documents
internal import Files

/// A catalogue in a folder: the answers of the Common Data Service and of Nexus as files. Everybody may read it.
///
///     solutions/<solutionId>.json    revisions/<revisionId>.json
///     artifacts/<revisionId>.json    nexus/<uri>
public struct DirectoryCatalogue: SolutionCatalogue {
    private let folder: String

    /// A solution that the folder holds.
    public struct Entry: Sendable, Hashable {
        /// The solution and its revision.
        public var reference: SolutionReference
        /// The solution's name.
        public var name: String
    }

    /// - Parameter folder: the path of the folder; it is looked at when it is used.
    public init(folder: String) { self.folder = folder }

    /// Reads the files of a solution; who asks makes no difference.
    public func fetch(
        _ reference: SolutionReference,
        for user: CatalogueUser
    ) async throws(CatalogueError) -> SolutionSource {
        guard let solution = try solution(reference.solutionID) else {
            throw SourceAssembly.unknownSolution(reference)
        }
        guard let revision = try revision(reference.revisionID) else {
            throw SourceAssembly.unknownRevision(reference)
        }
        try SourceAssembly.checkPairing(revision, reference)
        try SourceAssembly.checkActive(solution)
        let artifacts = try document("artifacts", reference.revisionID).map(ArtifactRecord.readList) ?? []
        let assembly = SourceAssembly(reference: reference, files: FolderRepository(folder: folder + "/nexus"))
        return try await assembly.source(solution: solution, revision: revision, artifacts: artifacts)
    }

    /// What is wrong with the folder; nil where nothing is.
    public func check() async -> String? {
        SealedFolder(folder) == nil ? "The folder \(quoted(folder)) of the catalogue can't be read" : nil
    }

    /// The solutions of the folder in the order of their names. Files that can't be read are left out.
    public func list() -> [Entry] {
        let revisions = SealedFolder(folder)?.names(in: "revisions") ?? []
        return revisions.compactMap { file -> Entry? in
            guard file.hasSuffix(".json") else { return nil }
            let id = String(file.dropLast(5))
            guard let revision = try? revision(id),
                let reference = SolutionReference(solutionID: revision.solutionID, revisionID: id),
                let solution = try? solution(revision.solutionID)
            else { return nil }
            return Entry(reference: reference, name: solution.name)
        }
        .sorted { ($0.name, $0.reference.description) < ($1.name, $1.reference.description) }
    }

    private func solution(_ id: String) throws(CatalogueError) -> SolutionRecord? {
        guard let document = try document("solutions", id) else { return nil }
        return try .read(document)
    }

    private func revision(_ id: String) throws(CatalogueError) -> RevisionRecord? {
        guard let document = try document("revisions", id) else { return nil }
        return try .read(document)
    }

    /// Nil if there is no such file, as for an empty one: that is how CDS answers for an unknown id.
    private func document(_ kind: String, _ id: String) throws(CatalogueError) -> Document? {
        guard let folder = SealedFolder(folder) else {
            throw CatalogueError(
                .unavailable,
                what: "The catalogue can't be read",
                why: "its folder \(quoted(folder)) is missing or not readable",
                remedy: "Check the catalogue's folder in the configuration"
            )
        }
        switch folder.read([kind, "\(id).json"], limit: DocumentLimits.catalogue.bytes) {
        case .missing: return nil
        case .tooLarge, .refused:
            throw .invalid(
                what: "The file \(kind)/\(id).json of the catalogue can't be used",
                why: "it is too large, no file, or outside of the catalogue"
            )
        case .bytes(let bytes):
            if bytes.isEmpty { return nil }
            do {
                return try Document(json: bytes, limits: .catalogue)
            } catch {
                throw .invalid(what: "The file \(kind)/\(id).json of the catalogue is not JSON", why: error.description)
            }
        }
    }
}

/// The `nexus` part of the folder.
private struct FolderRepository: FileRepository {
    let folder: String

    func read(_ file: CatalogueFile) async throws(CatalogueError) -> [UInt8] {
        switch SealedFolder(folder)?.read(file.segments, limit: file.limit) ?? .missing {
        case .bytes(let bytes): return bytes
        case .missing: throw file.missing()
        case .tooLarge: throw file.tooLarge()
        case .refused:
            throw .invalid(
                node: file.node,
                what: file.sentence("can't be used"),
                why: "\(quoted(file.uri)) is no file, or lies outside of the catalogue's folder"
            )
        }
    }
}
