import LanguageModels
import Reports
import Trace

extension TraceStudy {
    /// What a model has to do with a corpus, as far as whoever built the index said.
    enum Standing: String, Sendable {
        case trained, notTrained = "not trained", notKnown = "not known"

        init(_ model: String, _ corpus: IndexDescription) {
            if corpus.trainingDataOf.contains(model) {
                self = .trained
            } else {
                self = corpus.notTrainingDataOf.contains(model) ? .notTrained : .notKnown
            }
        }
    }

    /// Names the corpus, says whether the model was trained on it, and what a match is not.
    ///
    /// - Parameter models: Names of those whose words are traced; empty where nobody's are.
    static func caveats(_ corpus: IndexDescription, models: [String]) -> [String] {
        let name = sanitised(corpus.name)
        let said = models.map { model in
            switch Standing(model, corpus) {
            case .trained: "\(sanitised(model)) was trained on \(name), as whoever indexed it says."
            case .notTrained:
                "\(sanitised(model)) was not trained on \(name), as whoever indexed it says: this is association with this corpus."
            case .notKnown:
                "Whether \(sanitised(model)) was trained on \(name) is not known: this is association with this corpus."
            }
        }
        return (said.isEmpty ? ["No model is asked: this is association with this corpus."] : said) + [
            "A match is not yet influence: the same words may come from elsewhere, and common words stand everywhere.",
        ]
    }

    static func json(_ corpus: IndexDescription, models: [String]) -> JSONValue {
        .array(
            models.map { model in
                .object([
                    .init("model", .string(model)), .init("trainedOnCorpus", .string(Standing(model, corpus).rawValue)),
                ])
            })
    }

    static func json(_ documents: DocumentMatches?) -> JSONValue {
        guard let documents else { return .null }
        return .object([
            .init("count", .integer(documents.documents)),
            .init(
                "most",
                .array(
                    documents.most.map {
                        .object([.init("document", .string($0.name)), .init("count", .integer($0.count))])
                    })),
        ])
    }

    /// `news/a.txt (3), posts.jsonl:12 (1), ...`.
    static func text(_ documents: DocumentMatches) -> String {
        documents.most.map { "\(sanitised($0.name)) (\($0.count))" }.joined(separator: ", ")
            + (documents.documents > documents.most.count ? ", ..." : "")
    }
}
