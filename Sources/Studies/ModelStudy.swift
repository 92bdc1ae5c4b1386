import Foundation
import LanguageModels
import Reports

/// The embedded models on this machine.
public struct ModelStudy: Sendable {
    public init() {}

    public func list(json: Bool) throws -> String {
        let entries = ModelCatalogue.standard.list()
        if json {
            return JSONValue.array(entries.map(Self.json)).written()
        }
        guard !entries.isEmpty else {
            return "No models in \(ModelCatalogue.standard.folder). Run 'make setup' for the default ones."
        }
        var table = TerminalTable(titles: ["name", "does", "architecture", "MB", "licence"])
        for entry in entries {
            table.rows.append([
                .text(entry.name), .text(entry.isAdapter ? "adapter" : entry.isEmbedder ? "embeddings" : "text, likelihoods"), .text(entry.architecture),
                .count(entry.size / 1_000_000), .text(entry.license ?? "-"),
            ])
        }
        return table.rendered() + "\nIn \(ModelCatalogue.standard.folder). Others: populace model pull URL --sha256 DIGEST"
    }

    public func info(_ name: String, json: Bool) throws -> String {
        let catalogue = ModelCatalogue.standard
        // A file of the current folder needs no './'.
        let name = FileManager.default.fileExists(atPath: name) && !ModelCatalogue.isPath(name) ? "./" + name : name
        let entry = try catalogue.info(name)
        if entry.isAdapter { return try Self.adapter(entry, json: json) }
        let identity = try catalogue.identity(of: name)
        if json {
            return JSONValue.object([
                .init("model", Self.json(entry)), .init("weights", JSONValue(identity.weights)),
                .init("library", JSONValue(identity.library)),
                .init(
                    "settings",
                    .object(identity.settings.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })),
            ]).written()
        }
        var lines = [
            "\(entry.name): \(entry.title ?? entry.architecture), \(entry.size / 1_000_000) MB",
            "  file      \(entry.path)",
            "  does      \(entry.isEmbedder ? "embeddings" : "text and likelihoods")\(entry.hasChatTemplate ? ", chat" : "")",
            "  context   \(entry.contextLength.map { "\($0) tokens" } ?? "-")",
            "  licence   \(entry.license ?? "-")",
            "What its answers depend on:",
            "  weights   sha256:\(identity.weights ?? "-")",
            "  library   \(identity.library ?? "-")",
        ]
        for (name, value) in identity.settings.sorted(by: { $0.key < $1.key }) { lines.append("  \(name)  \(value)") }
        return lines.joined(separator: "\n")
    }

    private static func adapter(_ entry: ModelCatalogue.Entry, json: Bool) throws -> String {
        let file = try AdapterFile(path: entry.path)
        let digest = try file.digest
        if json {
            return JSONValue.object([
                .init("adapter", Self.json(entry)), .init("base", JSONValue(file.base)), .init("digest", .string(digest)),
                .init("weights", .integer(file.weights.count)), .init("leastRank", .integer(file.ranks.lowerBound)),
                .init("greatestRank", .integer(file.ranks.upperBound)), .init("alpha", file.alpha.map { .number($0) } ?? .null),
            ]).written()
        }
        let ranks = Set([file.ranks.lowerBound, file.ranks.upperBound]).sorted().map(String.init).joined(separator: " to ")
        let made = file.base.map { ", made for \(sanitised($0))" } ?? ""
        return """
            \(sanitised(entry.title ?? entry.name)): LoRA adapter, \(fixed(Double(entry.size) / 1_000_000, decimals: 1)) MB
              file      \(sanitised(entry.path))
              does      adapts models of architecture \(sanitised(entry.architecture))\(made)
              adapts    \(counted(file.weights.count, "weight")), rank \(ranks), alpha \(file.alpha.map { fixed($0, decimals: 0) } ?? "-")
            What answers depend on, beside the model and the scale:
              adapter   sha256:\(digest)
            Use it with --model NAME --adapter \(sanitised(entry.path))
            """
    }

    /// Fetches a GGUF file into the cache under its own name.
    public func pull(_ address: String, sha256: String, progress: StudyProgress) async throws -> String {
        guard let url = URL(string: address), url.pathExtension == "gguf" else {
            throw StudyError.usage("'\(address)' is not the URL of a .gguf file")
        }
        let folder = URL(fileURLWithPath: ModelCatalogue.standard.folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let destination = folder.appending(path: url.lastPathComponent)
        let start = ContinuousClock.now
        try await download(url, sha256: sha256, to: destination) { state in
            progress.report(
                .advanced(
                    done: state.received / 1_000_000, total: max(1, (state.total ?? state.received) / 1_000_000), what: "MB",
                    seconds: (ContinuousClock.now - start) / .seconds(1)))
        }
        return "\(destination.path)\nUse it with --model \(destination.deletingPathExtension().lastPathComponent)"
    }

    private static func json(_ entry: ModelCatalogue.Entry) -> JSONValue {
        .object([
            .init("name", .string(entry.name)), .init("path", .string(entry.path)), .init("bytes", .integer(entry.size)),
            .init("architecture", .string(entry.architecture)), .init("embedder", .bool(entry.isEmbedder)),
            .init("contextTokens", JSONValue(entry.contextLength)), .init("license", JSONValue(entry.license)),
            .init("isAdapter", .bool(entry.isAdapter)),
        ])
    }
}
