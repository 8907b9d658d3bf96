// swift-tools-version: 6.2
import PackageDescription

/// The kit is one dynamic library that the host and every target module share: the types of the contract must
/// exist once in the process. Library evolution keeps modules of an earlier build of the same contract loadable.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]
let resilient: [SwiftSetting] = settings + [.unsafeFlags(["-enable-library-evolution", "-emit-module-interface"])]

/// Smaller in memory: relocations in their compact form (glibc 2.36 and later), equal functions once.
let compactLinking: [LinkerSetting] = [
    .unsafeFlags(
        ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs", "-Xlinker", "--icf=safe"],
        .when(configuration: .release)
    )
]

let package = Package(
    name: "DeploymentKit",
    products: [
        .library(
            name: "DeploymentKit",
            type: .dynamic,
            targets: [
                "Documents", "Secrets", "Blueprints", "Passes", "Manifests", "TargetContract", "Archives", "Packaging",
                "Transport", "Cryptography", "Kubernetes", "Orchestration", "ContractVersions",
            ]
        ),
        .plugin(name: "TargetNotes", targets: ["TargetNotes"]),
    ],
    dependencies: [
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    ],
    targets: [
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "Documents", dependencies: [.product(name: "Yams", package: "Yams")], swiftSettings: resilient),
        .target(name: "Secrets", dependencies: ["COpenSSL"], swiftSettings: resilient),
        .target(name: "Blueprints", dependencies: ["Documents"], swiftSettings: resilient),
        .target(name: "Passes", dependencies: ["Blueprints", "Documents", "Secrets"], swiftSettings: resilient),
        .target(
            name: "Manifests",
            dependencies: ["Passes", "Blueprints", "Documents", "Secrets"],
            swiftSettings: resilient
        ),
        .target(
            name: "TargetContract",
            dependencies: ["Blueprints", "Passes", "Documents", "Secrets", "ContractVersions"],
            swiftSettings: resilient,
            plugins: ["TargetNotes"]
        ),
        .target(name: "Archives", dependencies: ["CZlib"], swiftSettings: resilient),
        .target(
            name: "Packaging",
            dependencies: ["Manifests", "Passes", "Blueprints", "Documents", "TargetContract", "Archives"],
            resources: [
                .embedInCode("Bundle/deployment-readme.txt"),
                .embedInCode("Bundle/kubernetes-client-script.py"),
                .embedInCode("Bundle/requirements.txt"),
                .embedInCode("Bundle/orchestrator_client/orchestrator_client.py"),
                .embedInCode("Bundle/orchestrator_client/orchestrator_pb2.py"),
                .embedInCode("Bundle/orchestrator_client/orchestrator_pb2_grpc.py"),
                .embedInCode("Bundle/orchestrator_client/status_client.py"),
                .embedInCode("Bundle/protobuf/orchestrator.proto"),
            ],
            swiftSettings: resilient
        ),
        .target(
            name: "Transport",
            dependencies: ["CCurl", "Secrets"],
            swiftSettings: resilient,
            linkerSettings: compactLinking
        ),
        .target(name: "Cryptography", dependencies: ["COpenSSL", "Secrets"], swiftSettings: resilient),
        .target(
            name: "Kubernetes",
            dependencies: ["Transport", "Cryptography", "Documents", "Secrets"],
            swiftSettings: resilient
        ),
        .target(
            name: "Orchestration",
            dependencies: ["Transport", "Documents", .product(name: "SwiftProtobuf", package: "swift-protobuf")],
            swiftSettings: resilient
        ),
        .target(name: "ContractVersions", swiftSettings: resilient),
        .executableTarget(name: "note-writer", dependencies: ["ContractVersions"], swiftSettings: settings),
        .plugin(name: "TargetNotes", capability: .buildTool(), dependencies: ["note-writer"]),
    ],
    swiftLanguageModes: [.v6]
)
