/// The files of solutions in the Maven repository of a platform.
struct NexusRepository: FileRepository {
    let service: PlatformService

    func read(_ file: CatalogueFile) async throws(CatalogueError) -> [UInt8] {
        do throws(CatalogueError) {
            guard let bytes = try await service.get(file.segments, limit: file.limit) else { throw file.missing() }
            return bytes
        } catch {
            throw error.concerning(file)
        }
    }

    /// Whether Nexus answers and accepts the credentials. Its root may be a page or nothing at all.
    func problem() async -> CatalogueError? {
        do throws(CatalogueError) {
            _ = try await service.get([], limit: 4 << 20)
            return nil
        } catch {
            return error
        }
    }
}

extension CatalogueError {
    /// The same with the file that was to be read.
    fileprivate func concerning(_ file: CatalogueFile) -> CatalogueError {
        guard code != .missingFile else { return self }
        var error = self
        error.node = file.node
        error.what = file.sentence("can't be read")
        error.why = "\(what): \(why)"
        return error
    }
}
