internal import Surveys

/// A respondent's answers as `respondent.answers` holds them: a letter for each question, in the survey's order.
///
/// | letter | is |
/// |---|---|
/// | `A`, `B`, ... | the option of number 0, 1, ...: `unicode(letter) - 65` |
/// | `-` | refused |
/// | `?` | don't know |
/// | `.` | missing or not asked |
struct StoredAnswers {
    /// Letters go on in Unicode's order, up to where it has a gap.
    static let mostOptions = 0xD800 - 65

    private let questions: [String]
    /// Numbers of options, by place.
    private let options: [Int]
    /// Places of the questions to read.
    private let wanted: [Bool]

    /// - Parameter wanted: Ids of the questions to read; all where `nil`.
    init(_ questions: [Question], wanted: Set<String>? = nil) {
        self.questions = questions.map(\.id)
        options = questions.map(\.options.count)
        self.wanted = questions.map { wanted?.contains($0.id) ?? true }
    }

    /// - Returns: `nil` where an answer is none of its question's options, or to no question of the survey.
    /// - Precondition: No question has more than ``mostOptions``.
    func text(_ answers: [String: HumanAnswer]) -> String? {
        var text = String.UnicodeScalarView()
        var found = 0
        for (place, question) in questions.enumerated() {
            guard let answer = answers[question] else {
                text.append(".")
                continue
            }
            found += 1
            switch answer {
            case .option(let index):
                guard (0..<options[place]).contains(index), let letter = Unicode.Scalar(UInt16(65 + index)) else { return nil }
                text.append(letter)
            case .refused: text.append("-")
            case .dontKnow: text.append("?")
            case .missing: text.append(".")
            }
        }
        return found == answers.count ? String(text) : nil
    }

    /// - Returns: The answers to the wanted questions; `nil` where the text is not one that ``text(_:)`` wrote.
    /// - Complexity: O(questions of the survey), memory in the wanted ones that were answered.
    func answers(_ text: String) -> [String: HumanAnswer]? {
        var answers: [String: HumanAnswer] = [:]
        var place = 0
        for letter in text.unicodeScalars {
            guard place < questions.count else { return nil }
            defer { place += 1 }
            guard wanted[place], letter != "." else { continue }
            switch letter {
            case "-": answers[questions[place]] = .refused
            case "?": answers[questions[place]] = .dontKnow
            default:
                let index = Int(letter.value) - 65
                guard (0..<options[place]).contains(index) else { return nil }
                answers[questions[place]] = .option(index)
            }
        }
        return place == questions.count ? answers : nil
    }
}
