// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// Settings for our own targets; SwiftPM compiles packages from elsewhere with their warnings off.
///
/// Our targets are optimised in the one (debug) configuration that tests and users share, so that dependencies are
/// built once and quickly while retrieval, statistics and token loops still run at speed.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
    .unsafeFlags(["-O"]),
]

/// SwiftPM drops `-Wl,-rpath` from .pc files: the run path of a library built by Scripts/setup is added here.
var runPath: [LinkerSetting] = []
if let prefix = ProcessInfo.processInfo.environment["LLAMA_PREFIX"], !prefix.isEmpty {
    runPath = [.unsafeFlags(["-Xlinker", "-rpath", "-Xlinker", "\(prefix)/lib"])]
}

/// Debian's library comes without a .pc file, in the compiler's own paths; Homebrew's has one.
#if os(macOS)
let readStat: String? = "readstat"
#else
let readStat: String? = nil
#endif

let package = Package(
    name: "populace",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "populace", targets: ["populace"]),
        // For the package of Benchmarks/.
        .library(name: "Agents", targets: ["Agents"]),
        .library(name: "Files", targets: ["Files"]),
        .library(name: "Kernel", targets: ["Kernel"]),
        .library(name: "LanguageModels", targets: ["LanguageModels"]),
        .library(name: "Results", targets: ["Results"]),
        .library(name: "Trace", targets: ["Trace"]),
        .library(name: "Worlds", targets: ["Worlds"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    ],
    targets: [
        .systemLibrary(name: "CLlama", pkgConfig: "llama", providers: [.brew(["llama.cpp"])]),
        .systemLibrary(name: "CSpawn"),
        .systemLibrary(name: "CEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .target(
            name: "Kernel",
            dependencies: [.product(name: "HeapModule", package: "swift-collections")],
            swiftSettings: house),
        .target(name: "Surveys", swiftSettings: house),
        .systemLibrary(name: "CReadStat", pkgConfig: readStat, providers: [.brew(["readstat"]), .apt(["libreadstat-dev"])]),
        .target(name: "SurveyFormats", dependencies: ["CReadStat"], swiftSettings: house),
        .target(
            name: "LanguageModels",
            dependencies: [
                "CLlama",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HeapModule", package: "swift-collections"),
            ],
            swiftSettings: house),
        .target(name: "Agents", dependencies: ["Kernel", "LanguageModels", "Surveys"], swiftSettings: house),
        .target(
            name: "Worlds",
            dependencies: ["Agents", "Kernel", .product(name: "HeapModule", package: "swift-collections")],
            swiftSettings: house),
        .target(
            name: "Results",
            dependencies: [
                "Agents", "Kernel", "LanguageModels", "Surveys", "Worlds",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: house),
        .target(
            name: "Files",
            dependencies: [
                "Agents", "Kernel", "LanguageModels", "Surveys", "Worlds",
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: house),
        .target(name: "Reports", dependencies: ["Surveys"], swiftSettings: house),
        .systemLibrary(name: "CSuffixSort", pkgConfig: "libdivsufsort", providers: [.brew(["libdivsufsort"]), .apt(["libdivsufsort-dev"])]),
        .target(
            name: "Trace", dependencies: ["CSuffixSort", "Surveys", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: house),
        .target(
            name: "Studies",
            dependencies: ["Agents", "CSpawn", "Files", "Kernel", "LanguageModels", "Reports", "Results", "SurveyFormats", "Surveys", "Trace", "Worlds",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: house),
        .target(
            name: "LiveView",
            dependencies: [
                "Agents", "Kernel", "Reports", "Studies", "Worlds",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            resources: [.embedInCode("Page/page.html"), .embedInCode("Page/page.css"), .embedInCode("Page/page.js")],
            swiftSettings: house),
        .executableTarget(
            name: "populace",
            dependencies: [
                "Agents", "CEdit", "Files", "Kernel", "LanguageModels", "LiveView", "Reports", "Results", "Studies",
                "SurveyFormats", "Surveys", "Worlds",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: house, linkerSettings: runPath),
        // What stands in for the world in tests: a server on loopback that does as they tell it to, adapters of seeded numbers.
        .target(name: "ScriptedServers", path: "Tests/ScriptedServers", swiftSettings: house),
    ] + [
        ("Kernel", ["Kernel"]),
        ("Surveys", ["Surveys", "Files"]),
        ("SurveyFormats", ["SurveyFormats", "Surveys", "populace"]),
        ("LanguageModels", ["LanguageModels", "ScriptedServers"]),
        ("Agents", ["Agents", "Kernel", "LanguageModels", "Surveys"]),
        ("Worlds", ["Worlds", "Agents", "Files", "Kernel", "LanguageModels", "Surveys"]),
        ("Results", ["Results", "Agents", "Kernel", "LanguageModels", "Surveys", "Worlds"]),
        ("Files", ["Files", "Agents", "Kernel", "LanguageModels", "ScriptedServers", "Surveys", "Worlds"]),
        ("Reports", ["Reports", "Kernel", "Surveys"]),
        ("Trace", ["Trace", "Kernel"]),
        ("Studies", ["Studies", "Agents", "Kernel", "LanguageModels", "Reports", "Results", "ScriptedServers", "Surveys", "Worlds"]),
        ("LiveView", ["LiveView", "Agents", "Kernel", "Reports", "Results", "Studies", "Worlds"]),
        ("Command", ["populace", "Agents", "Results", "ScriptedServers", "Worlds"]),
    ].map { (name: String, rooms: [String]) in
        .testTarget(
            name: "\(name)Tests", dependencies: rooms.map { .byName(name: $0) },
            resources: FileManager.default.fileExists(atPath: Context.packageDirectory + "/Tests/\(name)Tests/Fixtures")
                ? [.copy("Fixtures")] : [],
            swiftSettings: house, linkerSettings: runPath)
    }
)
