import Agents
import Reports

/// What the answers to a question are worth: how many were refused, unknown or unreadable, and how much of the model's
/// probability the letters hold.
struct AnswerQuality {
    private let kinds: AnswerKinds?
    private let mass: CoveredMass?

    /// - Parameter answers: To one question, by one method.
    init(_ answers: [ElicitedAnswer]) {
        kinds = AnswerKinds(answers)
        mass = CoveredMass(answers)
    }

    /// Sentences for a terminal; none where the method shows neither.
    var lines: [String] {
        var lines: [String] = []
        if let kinds {
            lines.append(
                "Of \(counted(kinds.count, "answer")) \(percent(kinds.refused)) refused, "
                    + "\(percent(kinds.dontKnow)) did not know, \(percent(kinds.unparsed)) could not be read.")
        }
        if let mass {
            lines.append("The labels hold \(percent(mass.mean)) of the probability, \(percent(mass.least)) at least.")
        }
        return lines
    }

    var members: [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        if let kinds {
            members += [
                .init("drawn", .integer(kinds.count)), .init("refused", .number(kinds.refused)),
                .init("dontKnow", .number(kinds.dontKnow)), .init("unparsed", .number(kinds.unparsed)),
            ]
        }
        if let mass {
            members.append(
                .init(
                    "coveredMass",
                    .object([.init("mean", .number(mass.mean)), .init("least", .number(mass.least))])))
        }
        return members
    }
}
