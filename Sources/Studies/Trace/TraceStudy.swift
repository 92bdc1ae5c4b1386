import Foundation
import Kernel
import Reports
import Trace

/// What a corpus of text holds of what people and models say: built once as an index, then asked.
///
/// A match is not yet influence, and nothing here says that it is.
public struct TraceStudy: Sendable {
    public struct IndexRequest: Sendable {
        public var corpus: [String]
        /// `Results/NAME.trace` where `nil`.
        public var output: String?
        /// The first corpus's own where `nil`.
        public var name: String?
        /// Models that were trained on the corpus, and that were not; of all others it is not known.
        public var trainingDataOf: [String]
        public var notTrainingDataOf: [String]
        public var column: String?
        public var folds: Bool
        /// In megabytes.
        public var memory: Int

        public init(
            corpus: [String], output: String? = nil, name: String? = nil, trainingDataOf: [String] = [],
            notTrainingDataOf: [String] = [], column: String? = nil, folds: Bool = false, memory: Int = 1000
        ) {
            self.corpus = corpus
            self.output = output
            self.name = name
            self.trainingDataOf = trainingDataOf
            self.notTrainingDataOf = notTrainingDataOf
            self.column = column
            self.folds = folds
            self.memory = memory
        }
    }

    let environment: StudyEnvironment

    public init(environment: StudyEnvironment) { self.environment = environment }

    /// Builds the index of a corpus, or says that there is one.
    public func index(_ request: IndexRequest) async throws -> StudyOutcome {
        guard let first = request.corpus.first else { throw StudyError.usage("name the files or folders of the corpus") }
        if let both = request.trainingDataOf.first(where: request.notTrainingDataOf.contains) {
            throw StudyError.usage("\(both) was either trained on the corpus or not")
        }
        let own = URL(fileURLWithPath: first).standardizedFileURL
        let name = oneLine(request.name ?? own.deletingPathExtension().lastPathComponent)
        guard !name.isEmpty else { throw StudyError.usage("the corpus needs a name: --name NAME") }
        let output = request.output ?? "Results/\(name.replacing("/", with: "-")).trace"
        let corpus = try Corpus(request.corpus, column: request.column)
        let builder = IndexBuilder(
            corpus,
            IndexBuilder.Settings(
                name: name, trainingDataOf: request.trainingDataOf.sorted(by: precedes),
                notTrainingDataOf: request.notTrainingDataOf.sorted(by: precedes), folds: request.folds,
                column: request.column, memory: request.memory * 1_000_000))
        try? FileManager.default.createDirectory(
            at: URL(fileURLWithPath: output).deletingLastPathComponent(), withIntermediateDirectories: true)
        let progress = MegabyteProgress(environment.progress)
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = try await onThread { try builder.build(to: output) { progress.report($0) } }
        let seconds = (clock.now - start) / .seconds(1)
        let (description, isNew) =
            switch outcome {
            case .built(let description): (description, true)
            case .upToDate(let description): (description, false)
            }
        var lines = [
            "\(sanitised(output)): \(Self.summary(description))\(isNew ? "" : "; up to date")",
        ]
        if isNew, description.size >= 10_000_000 {
            lines.append("  \(fixed(Double(description.size) / 1e6 / seconds, decimals: 1)) MB/s, \(span(seconds))")
        }
        if corpus.leftOut > 0 { lines.append("  \(counted(corpus.leftOut, "other file")) left out") }
        lines += Self.cautions(description)
        return StudyOutcome(
            text: lines.joined(separator: "\n"),
            json: .object(
                [.init("index", .string(output)), .init("built", .bool(isNew)), .init("leftOut", .integer(corpus.leftOut))]
                    + Self.members(description)))
    }

    /// What an index says of itself.
    ///
    /// - Parameter check: Also reads all of it and compares its digests.
    public func info(_ path: String, check: Bool) async throws -> StudyOutcome {
        let index = try CorpusIndex(path)
        if check {
            let progress = environment.progress
            let clock = ContinuousClock()
            let start = clock.now
            try await onThread {
                try index.check { done, total in
                    progress.report(
                        .advanced(
                            done: done / 1_000_000, total: total / 1_000_000, what: "MB checked",
                            seconds: (clock.now - start) / .seconds(1)))
                }
            }
        }
        let description = index.description
        let folded = description.folds ? "capital and small letters are one" : "as written"
        let lines = [
            "\(sanitised(path)): \(Self.summary(description))",
            "  digest of the corpus: sha256:\(description.digest)",
            "  letters: \(folded); phrases of up to \(description.longestPhrase) bytes",
            "  trained on it: \(Self.listed(description.trainingDataOf)); not trained on it: \(Self.listed(description.notTrainingDataOf)); others: not known",
        ] + Self.cautions(description) + (check ? ["  every byte is as it was built"] : [])
        return StudyOutcome(
            text: lines.joined(separator: "\n"),
            json: .object([.init("index", .string(path)), .init("checked", .bool(check))] + Self.members(description)))
    }

    private static func summary(_ description: IndexDescription) -> String {
        "\(sanitised(description.name)), \(counted(description.documents, "document")), \(megabytes(description.size)), \(counted(description.words, "word"))"
    }

    private static func listed(_ names: [String]) -> String {
        names.isEmpty ? "none named" : names.map { sanitised($0) }.joined(separator: ", ")
    }

    private static func cautions(_ description: IndexDescription) -> [String] {
        description.replaced == 0 ? [] : ["  not UTF-8, and matching nothing: \(counted(description.replaced, "byte"))"]
    }

    static func members(_ description: IndexDescription) -> [JSONValue.Member] {
        [
            .init("corpus", .string(description.name)), .init("digest", .string("sha256:" + description.digest)),
            .init("documents", .integer(description.documents)), .init("bytes", .integer(description.size)),
            .init("words", .integer(description.words)), .init("folds", .bool(description.folds)),
            .init("blocks", .integer(description.blockCount)), .init("replaced", .integer(description.replaced)),
            .init("trainingDataOf", JSONValue(description.trainingDataOf)),
            .init("notTrainingDataOf", JSONValue(description.notTrainingDataOf)),
        ]
    }

    /// `24 kB`, `1.2 MB`, `1000 MB`.
    private static func megabytes(_ bytes: Int) -> String {
        switch bytes {
        case ..<1_000: counted(bytes, "byte")
        case ..<1_000_000: "\(fixed(Double(bytes) / 1000, decimals: bytes < 10_000 ? 1 : 0)) kB"
        case ..<10_000_000: "\(fixed(Double(bytes) / 1e6, decimals: 1)) MB"
        default: "\(fixed(Double(bytes) / 1e6, decimals: 0)) MB"
        }
    }
}
