internal import Documents

/// The calls of the Common Data Service that a deployment needs.
///
/// An id that it does not know is no error to it: it answers 200 with an empty body, or with an empty list.
struct CommonDataService: Sendable {
    let service: PlatformService

    func solution(_ id: String) async -> Result<SolutionRecord?, CatalogueError> {
        await record(["solution", id])
    }

    /// The solution's id is part of the path, but CDS ignores it.
    func revision(_ id: String, of solution: String) async -> Result<RevisionRecord?, CatalogueError> {
        await record(["solution", solution, "revision", id])
    }

    func artifacts(ofRevision id: String) async -> Result<[ArtifactRecord], CatalogueError> {
        await list(["revision", id, "artifact"])
    }

    func user(_ id: String) async -> Result<UserRecord?, CatalogueError> {
        await record(["user", id])
    }

    func access(user: String, solution: String) async -> Result<AccessRecord?, CatalogueError> {
        await record(["access", "user", user, "solution", solution])
    }

    /// The catalogs that a solution is published in.
    func catalogs(ofSolution id: String) async -> Result<[CatalogRecord], CatalogueError> {
        await list(["catalog", "solution", id])
    }

    /// Nil for an empty answer.
    private func record<Record: CatalogueRecord>(_ path: [String]) async -> Result<Record?, CatalogueError> {
        do throws(CatalogueError) {
            guard let document = try await document(path) else { return .success(nil) }
            return .success(try Record.read(document))
        } catch {
            return .failure(error)
        }
    }

    private func list<Record: CatalogueRecord>(_ path: [String]) async -> Result<[Record], CatalogueError> {
        do throws(CatalogueError) {
            guard let document = try await document(path) else { return .success([]) }
            return .success(try Record.readList(document))
        } catch {
            return .failure(error)
        }
    }

    private func document(_ path: [String]) async throws(CatalogueError) -> Document? {
        guard let bytes = try await service.get(path, limit: DocumentLimits.catalogue.bytes) else {
            throw service.wrongAddress()
        }
        if bytes.isEmpty { return nil }
        do {
            return try Document(json: bytes, limits: .catalogue)
        } catch {
            let why =
                looksLikeHTML(bytes) ? "it is a web page; the address may be that of the portal" : error.description
            throw .invalid(what: "An answer of \(service.name) is not JSON", why: why)
        }
    }
}
