// swift-tools-version: 6.2
import PackageDescription

/// Target modules for the tests of the loader: most of them must be refused. The tests copy this package to a folder
/// of its own, add what the build would have generated (`host.h`, `Note.swift`), and build it against the kit in the
/// folder GRAPHENE_SDK.
let sdk = Context.environment["GRAPHENE_SDK"] ?? "../../.build/debug"

let cModules = [
    "DisagreeingEntry", "Eager", "MissingEntry", "MissingFactory", "MissingNote", "MissingSymbol", "NullEntry",
    "OtherCompiler", "OtherContract", "OtherInterface", "OtherLength", "UncommonContract",
]
let swiftModules = ["BadManifest", "FailingStart", "SecondWellBehaved", "WellBehaved"]

let package = Package(
    name: "HostileModules",
    products: (cModules + swiftModules).map { .library(name: $0, type: .dynamic, targets: [$0]) },
    targets: cModules.map { .target(name: $0, publicHeadersPath: ".", cSettings: [.headerSearchPath("../../Shared")]) }
        + swiftModules.map {
            .target(
                name: $0,
                exclude: ["target.note"],
                swiftSettings: [.unsafeFlags(["-I", "\(sdk)/Modules"])],
                linkerSettings: [.unsafeFlags(["-L", sdk, "-lDeploymentKit"])]
            )
        },
    swiftLanguageModes: [.v6]
)
