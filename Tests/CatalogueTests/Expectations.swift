import Blueprints
import DeployerHost
import Testing

/// Expects that the call fails with this code and a message that says what, why and what to do.
@discardableResult
func expectError(
    _ code: CatalogueError.Code,
    at location: SourceLocation = #_sourceLocation,
    _ call: () async throws -> SolutionSource
) async -> CatalogueError? {
    do {
        let source = try await call()
        Issue.record("there was a solution: \(source)", sourceLocation: location)
        return nil
    } catch let error as CatalogueError {
        #expect(error.code == code, "\(error)", sourceLocation: location)
        #expect(!error.what.isEmpty && !error.why.isEmpty && !error.remedy.isEmpty, sourceLocation: location)
        return error
    } catch {
        Issue.record(error, sourceLocation: location)
        return nil
    }
}
