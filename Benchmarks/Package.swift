// swift-tools-version: 6.2
import PackageDescription

// Benchmarks are a package of their own, so that nobody builds them who does not run them.
let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "populace", path: "..")],
    targets: [
        .executableTarget(
            name: "retrieval",
            dependencies: [.product(name: "Agents", package: "populace"), .product(name: "Kernel", package: "populace")],
            path: "retrieval",
            swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-O"])])
    ]
)
