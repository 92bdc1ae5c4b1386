// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// As in the package above: SwiftPM drops `-Wl,-rpath` from .pc files.
let prefix = ProcessInfo.processInfo.environment["LLAMA_PREFIX"] ?? ""
let runPath: [LinkerSetting] =
    prefix.isEmpty ? [] : [.unsafeFlags(["-Xlinker", "-rpath", "-Xlinker", "\(prefix)/lib"])]

/// A program in the folder of its name, on rooms of the package above.
func program(_ name: String, _ rooms: [String] = [], _ others: [Target.Dependency] = []) -> Target {
    .executableTarget(
        name: name, dependencies: rooms.map { .product(name: $0, package: "populace") } + others, path: name,
        swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-O"])], linkerSettings: runPath)
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
        program("answering"),       // the server of `calls`; it depends on nothing
        program("calls", ["LanguageModels"]),
        program("kernel", ["Kernel"]),
        program("lookahead", ["Agents", "Files", "Kernel", "LanguageModels", "Worlds"]),
        program("prefix", ["LanguageModels"]),
        program("record", ["Agents", "LanguageModels", "Results"], [.product(name: "GRDBSQLite", package: "GRDB.swift")]),
        program("retrieval", ["Agents", "Kernel"]),
        program("served", ["LanguageModels"]),
        program("town", ["Agents", "Files", "Kernel", "LanguageModels", "Worlds"]),
        program("corpus", ["Kernel", "Trace"]),
    ]
)
