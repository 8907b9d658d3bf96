import Orchestration

/// A pipeline of one container that nobody runs: its only operation is a source.
enum Pipeline {
    static let blueprint = """
        {"nodes":[{"container_name":"source1","operation_signature_list":[{"operation_signature":
          {"operation_name":"read","input_message_name":"Empty","output_message_name":"Text"},"connected_to":[]}]}]}
        """
    static let dockerInfo =
        #"{"docker_info_list":[{"container_name":"source1","ip_address":"127.0.0.1","port":"1"}]}"#
    static let protoFiles = [
        "source1.proto": """
        syntax = "proto3";
        message Empty {}
        message Text { string text = 1; }
        service Source { rpc read(Empty) returns(Text); }
        """
    ]

    static func initialize(_ orchestrator: OrchestratorClient) async throws -> OrchestratorStatus {
        try await orchestrator.initialize(blueprint: blueprint, dockerInfo: dockerInfo, protoFiles: protoFiles)
    }
}

/// The error of a call that has to fail.
func failure(_ call: () async throws(OrchestratorError) -> Void) async -> OrchestratorError? {
    do throws(OrchestratorError) {
        try await call()
        return nil
    } catch {
        return error
    }
}
