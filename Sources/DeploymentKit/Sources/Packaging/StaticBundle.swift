internal import TargetContract

/// The files that are the same in every solution.zip; they are part of the library, so that none can be missing.
enum StaticBundle {
    static let everywhere: [RenderedFile] = [
        RenderedFile(path: "deployment-readme.txt", bytes: PackageResources.deployment_readme_txt),
        RenderedFile(path: "kubernetes-client-script.py", bytes: PackageResources.kubernetes_client_script_py),
    ]

    static let pipelinesOnly: [RenderedFile] = [
        RenderedFile(
            path: "orchestrator_client/orchestrator_client.py",
            bytes: PackageResources.orchestrator_client_py
        ),
        RenderedFile(path: "orchestrator_client/orchestrator_pb2.py", bytes: PackageResources.orchestrator_pb2_py),
        RenderedFile(
            path: "orchestrator_client/orchestrator_pb2_grpc.py",
            bytes: PackageResources.orchestrator_pb2_grpc_py
        ),
        RenderedFile(path: "orchestrator_client/status_client.py", bytes: PackageResources.status_client_py),
        RenderedFile(path: "protobuf/orchestrator.proto", bytes: PackageResources.orchestrator_proto),
        RenderedFile(path: "requirements.txt", bytes: PackageResources.requirements_txt),
    ]
}
