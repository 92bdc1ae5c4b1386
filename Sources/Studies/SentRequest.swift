import Foundation
import LanguageModels
import Results

/// What a recorded model call sent and got, as words.
struct SentRequest: Sendable {
    /// The prompt's segments one after another; of an embedding, the text.
    var text: String
    /// SHA-256 of the text.
    var digest: String
    /// What came back, or each continuation with its log-likelihood.
    var answer: String

    /// - Throws: Where the request is of a shape that this release does not know.
    init(_ completion: Completion) throws {
        var continuations: [String] = []
        switch try completion.recordedRequest() {
        case .text(let sent): text = sent.prompt.text
        case .score(let sent): (text, continuations) = (sent.prompt.text, sent.continuations)
        case .embed(let sent): text = sent.text
        }
        digest = StudyLoader.digest(Array(text.utf8))
        switch completion.response {
        case .text(let words, let complete): answer = complete ? words : words + " (cut off)"
        case .scores(let scores):
            answer = zip(continuations, scores).map { words, score in
                "\(score.logLikelihood.map { "\($0)" } ?? "-")  \(words)"
            }.joined(separator: "\n")
        case .embedding(let vector): answer = "a vector of \(vector.count) numbers"
        }
    }
}
