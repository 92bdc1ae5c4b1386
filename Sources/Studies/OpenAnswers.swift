import Agents
import Reports
import Surveys

/// What people answered to one open question, by person.
struct OpenAnswers {
    var question: Question
    /// In the order they were asked.
    var answers: [ElicitedAnswer]

    var text: String {
        let kind = question.category.map { " (\(sanitised($0)))" } ?? ""
        let head = wrapped("\(question.id)\(kind): \(sanitised(question.ask))", to: 80)
        let told = answers.map { answer in
            let words = answer.unparsed ? "(no answer)" : sanitised(answer.text ?? "")
            return wrapped("\(sanitised(answer.persona)): \(words)", to: 76).split(separator: "\n").enumerated()
                .map { ($0 == 0 ? "  " : "    ") + $1 }.joined(separator: "\n")
        }
        return ([head] + told).joined(separator: "\n")
    }

    var json: JSONValue {
        .object([
            .init("question", .string(question.id)), .init("category", JSONValue(question.category)),
            .init("method", .string(ElicitationMethod.interview.rawValue)),
            .init(
                "answers",
                .array(
                    answers.map { answer in
                        .object([
                            .init("persona", .string(answer.persona)), .init("text", JSONValue(answer.text)),
                            .init("unparsed", .bool(answer.unparsed)),
                            .init("completion", JSONValue(answer.completions.first)),
                        ])
                    })),
        ])
    }
}
