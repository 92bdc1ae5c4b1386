// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// As in the package above: SwiftPM drops `-Wl,-rpath` from .pc files.
var runPath: [LinkerSetting] = []
if let prefix = ProcessInfo.processInfo.environment["LLAMA_PREFIX"], !prefix.isEmpty {
    runPath = [.unsafeFlags(["-Xlinker", "-rpath", "-Xlinker", "\(prefix)/lib"])]
}

// Benchmarks are a package of their own, so that nobody builds them who does not run them.
let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "populace", path: ".."),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    ],
    targets: [
        // A server for `calls` and for clients in other languages; it depends on nothing.
        .executableTarget(
            name: "answering", path: "answering", swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-O"])]),
        .executableTarget(
            name: "calls", dependencies: [.product(name: "LanguageModels", package: "populace")], path: "calls",
            swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-O"])], linkerSettings: runPath),
        .executableTarget(
            name: "record",
            dependencies: ["Agents", "LanguageModels", "Results"].map { .product(name: $0, package: "populace") } + [
                .product(name: "GRDBSQLite", package: "GRDB.swift")
            ],
            path: "record",
            swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-O"])], linkerSettings: runPath),
        .executableTarget(
            name: "kernel", dependencies: [.product(name: "Kernel", package: "populace")], path: "kernel",
            swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-O"])]),
        .executableTarget(
            name: "lookahead",
            dependencies: ["Agents", "Files", "Kernel", "LanguageModels", "Worlds"].map { .product(name: $0, package: "populace") },
            path: "lookahead",
            swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-O"])], linkerSettings: runPath),
        .executableTarget(
            name: "retrieval",
            dependencies: [.product(name: "Agents", package: "populace"), .product(name: "Kernel", package: "populace")],
            path: "retrieval",
            swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-O"])], linkerSettings: runPath),
        .executableTarget(
            name: "prefix",
            dependencies: [.product(name: "LanguageModels", package: "populace")],
            path: "prefix",
            swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-O"])], linkerSettings: runPath),
        .executableTarget(
            name: "town",
            dependencies: ["Agents", "Files", "Kernel", "LanguageModels", "Worlds"].map { .product(name: $0, package: "populace") },
            path: "town",
            swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-O"])], linkerSettings: runPath),
    ]
)
