extension OrchestratorClient {
    /// Which orchestrator it is that has no `get_status`.
    ///
    /// Servers look the call up before they read its message: one that ends in mid-field tells whether the call is
    /// known, and no server acts on it.
    func elderState(unless error: OrchestratorError) async throws(OrchestratorError) -> OrchestratorState {
        if try await knows(OrchestratorMethod.run.path) { return .legacy }
        if try await knows("/start_orchestrator/executePipeline") { return .serial }
        throw error
    }

    private func knows(_ path: String) async throws(OrchestratorError) -> Bool {
        let unfinished: [UInt8] = [0x0A, 0x7F]
        do throws(OrchestratorError) {
            _ = try await call(path, unfinished, deadline: deadlines.status)
        } catch  where error.code == .unimplemented {
            return false
        } catch  where error.code != .failed {
            throw error
        } catch {
            return true
        }
        return true
    }
}
