// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]
/// For what packages outside build against.
let resilient = settings + [.unsafeFlags(["-enable-library-evolution", "-emit-module-interface"])]
let testSettings: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny"), .treatAllWarnings(as: .error)]
/// Smaller in memory: relocations in their compact form (glibc 2.36 and later), equal functions once.
let compactLinking: [LinkerSetting] = [
    .unsafeFlags(
        ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs", "-Xlinker", "--icf=safe"],
        .when(configuration: .release)
    )
]
let kit: Target.Dependency = .product(name: "DeploymentKit", package: "DeploymentKit")

let package = Package(
    name: "graphene-deployer",
    products: [
        .executable(name: "graphene-deployer", targets: ["graphene-deployer"]),
        .library(name: "LocalYAML", type: .dynamic, targets: ["LocalYAMLModule"]),
        .library(name: "Creodias", type: .dynamic, targets: ["CreodiasModule"]),
        .library(name: "TargetChecks", type: .dynamic, targets: ["TargetChecks"]),
        .library(name: "Playground", type: .dynamic, targets: ["PlaygroundModule"]),
    ],
    dependencies: [
        .package(path: "Sources/DeploymentKit"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .target(name: "Files", swiftSettings: settings),
        .target(name: "TargetChecks", dependencies: [kit], swiftSettings: resilient),
        .target(name: "CWorker"),
        .target(
            name: "DeployerHost",
            dependencies: [
                "CWorker", "Files", "TargetChecks", kit,
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            resources: [
                .embedInCode("HTTP/Documentation/docs.css"),
                .embedInCode("HTTP/Documentation/docs.html"),
                .embedInCode("HTTP/Documentation/docs.js"),
                .embedInCode("HTTP/Documentation/openapi.yaml"),
                .embedInCode("SDK/Template/Package.swift.mustache"),
                .embedInCode("SDK/Template/README.md.mustache"),
                .embedInCode("SDK/Template/Samples/artifacts.json.mustache"),
                .embedInCode("SDK/Template/Samples/blueprint.json.mustache"),
                .embedInCode("SDK/Template/Samples/greeter.proto.mustache"),
                .embedInCode("SDK/Template/Samples/printer.proto.mustache"),
                .embedInCode("SDK/Template/Samples/revision.json.mustache"),
                .embedInCode("SDK/Template/Samples/solution.json.mustache"),
                .embedInCode("SDK/Template/Sources/Entry.swift.mustache"),
                .embedInCode("SDK/Template/Sources/Inventory.swift.mustache"),
                .embedInCode("SDK/Template/Sources/InventoryOptions.swift.mustache"),
                .embedInCode("SDK/Template/Sources/Target.swift.mustache"),
                .embedInCode("SDK/Template/Sources/target.note.mustache"),
                .embedInCode("SDK/Template/TargetNote.swift.mustache"),
                .embedInCode("SDK/Template/Tests/ConformanceTests.swift.mustache"),
                .embedInCode("SDK/Template/Tests/DeployingTests.swift.mustache"),
                .embedInCode("SDK/Template/Tests/InventoryTests.swift.mustache"),
                .embedInCode("SDK/Template/Tests/ManifestTests.swift.mustache"),
                .embedInCode("SDK/Template/Tests/SamplePlan.swift.mustache"),
                .embedInCode("SDK/Template/Tests/SampleTarget.swift.mustache"),
                .embedInCode("SDK/Template/deployer.yaml.mustache"),
                .embedInCode("SDK/Template/gitignore.mustache"),
                .embedInCode("Web/Assets/deploy.js"),
                .embedInCode("Web/Assets/deployment-parts.js"),
                .embedInCode("Web/Assets/deployment.js"),
                .embedInCode("Web/Assets/icon.svg"),
                .embedInCode("Web/Assets/list.js"),
                .embedInCode("Web/Assets/site.css"),
                .embedInCode("Web/Assets/site.js"),
                .embedInCode("Web/Graph/graph.css"),
                .embedInCode("Web/Templates/again.mustache"),
                .embedInCode("Web/Templates/badge.mustache"),
                .embedInCode("Web/Templates/deploy.mustache"),
                .embedInCode("Web/Templates/deployment.mustache"),
                .embedInCode("Web/Templates/deployments.mustache"),
                .embedInCode("Web/Templates/error.mustache"),
                .embedInCode("Web/Templates/field.mustache"),
                .embedInCode("Web/Templates/fields.mustache"),
                .embedInCode("Web/Templates/finding.mustache"),
                .embedInCode("Web/Templates/layout.mustache"),
                .embedInCode("Web/Templates/logs.mustache"),
                .embedInCode("Web/Templates/pipeline.mustache"),
                .embedInCode("Web/Templates/preview.mustache"),
                .embedInCode("Web/Templates/problems.mustache"),
                .embedInCode("Web/Templates/targets.mustache"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "graphene-deployer",
            dependencies: [
                "DeployerHost", "Files", "TargetChecks", kit,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings,
            linkerSettings: compactLinking
        ),
        .target(
            name: "LocalYAML",
            dependencies: [kit],
            path: "Plugins/LocalYAML",
            exclude: ["Module"],
            swiftSettings: settings
        ),
        .target(
            name: "LocalYAMLModule",
            dependencies: ["LocalYAML", kit],
            path: "Plugins/LocalYAML/Module",
            exclude: ["target.note"],
            swiftSettings: settings,
            plugins: [.plugin(name: "TargetNotes", package: "DeploymentKit")]
        ),
        .target(
            name: "Creodias",
            dependencies: [kit],
            path: "Plugins/Creodias",
            exclude: ["Module", "README.md"],
            swiftSettings: settings
        ),
        .target(
            name: "CreodiasModule",
            dependencies: ["Creodias", kit],
            path: "Plugins/Creodias/Module",
            exclude: ["target.note"],
            swiftSettings: settings,
            plugins: [.plugin(name: "TargetNotes", package: "DeploymentKit")]
        ),
        .target(
            name: "Playground",
            dependencies: [kit],
            path: "Plugins/Playground",
            exclude: ["Module", "README.md"],
            swiftSettings: settings
        ),
        .target(
            name: "PlaygroundModule",
            dependencies: ["Playground", kit],
            path: "Plugins/Playground/Module",
            exclude: ["target.note"],
            swiftSettings: settings,
            plugins: [.plugin(name: "TargetNotes", package: "DeploymentKit")]
        ),
        .executableTarget(
            name: "rendering-benchmark",
            dependencies: ["LocalYAML", kit],
            path: "Benchmarks/Rendering",
            swiftSettings: testSettings
        ),
        .executableTarget(
            name: "concurrency-benchmark",
            dependencies: ["DeployerHost", kit],
            path: "Benchmarks/Concurrency",
            swiftSettings: testSettings,
            linkerSettings: compactLinking
        ),
        .target(
            name: "TestSupport",
            dependencies: [
                kit,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Tests/TestSupport",
            swiftSettings: settings
        ),
        test("Documents"),
        test("Secrets"),
        test("Blueprints"),
        test("Passes"),
        test("Manifests"),
        test("Packaging"),
        test("Archives"),
        test("TargetContract"),
        test("TargetChecks", dependencies: ["TargetChecks"]),
        test("LocalYAML", dependencies: ["LocalYAML"]),
        test("Identity", dependencies: ["DeployerHost"]),
        test("Engine", dependencies: ["DeployerHost"]),
        test("Store", dependencies: ["DeployerHost"]),
        test("Reporting", dependencies: ["DeployerHost", .product(name: "Logging", package: "swift-log")]),
        test("Forms", dependencies: ["DeployerHost"]),
        test("Graph", dependencies: ["DeployerHost"]),
        test("Web", dependencies: ["DeployerHost"]),
        test("Metrics", dependencies: ["DeployerHost"]),
        test("Logging", dependencies: ["DeployerHost", .product(name: "Logging", package: "swift-log")]),
        test("Configuration", dependencies: ["DeployerHost"]),
        test("Administration", dependencies: ["DeployerHost", .product(name: "Logging", package: "swift-log")]),
        test(
            "HTTP",
            dependencies: ["DeployerHost", "LocalYAML", .product(name: "HummingbirdTesting", package: "hummingbird")]
        ),
        test("Transport"),
        test("Cryptography"),
        test("Kubeconfig"),
        test("PortForward"),
        test("Catalogue", dependencies: ["DeployerHost"]),
        test(
            "Integration",
            dependencies: ["DeployerHost", "LocalYAML", .product(name: "HummingbirdTesting", package: "hummingbird")]
        ),
        test("Loading", dependencies: ["DeployerHost"]),
        test("Isolation", dependencies: ["DeployerHost"]),
        test("Kubernetes"),
        test("Readiness"),
        test("Orchestration"),
        test("Creodias", dependencies: ["Creodias"]),
        test("Playground", dependencies: ["Playground"]),
        test("CLI", dependencies: ["graphene-deployer"]),
    ],
    swiftLanguageModes: [.v6]
)

/// The tests of one module or feature.
func test(_ name: String, dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [kit, "TestSupport"] + dependencies,
        path: "Tests/\(name)Tests",
        swiftSettings: testSettings
    )
}
