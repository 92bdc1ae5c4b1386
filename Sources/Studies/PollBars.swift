import Agents
import Kernel
import Reports
import Surveys

/// One closed question's answers as bars for a terminal, people's beside the residents' where they are known.
struct PollBars: Sendable {
    let question: Question
    let answers: [ElicitedAnswer]
    /// By persona id; empty for no groups.
    let groups: [String: String]
    let attribute: String
    let people: [Respondent]?

    init(
        _ question: Question, _ answers: [ElicitedAnswer], groups: [String: String], attribute: String,
        people: [Respondent]?
    ) {
        self.question = question
        self.answers = answers
        self.groups = groups
        self.attribute = attribute
        self.people = people
    }

    /// Uncorrected shares with Wilson's interval as if each resident were one respondent, then each correction.
    var text: String {
        guard let method = answers.first?.method else { return "Nobody was asked." }
        let corrections = Correction.applicable(to: method)
        let shares = corrections.map { PollStudy.averageShares(answers, question: question, correction: $0) }
        let count = Double(PollStudy.persons(answers, question: question, correction: corrections[0]).count)
        let human = people.flatMap { question.distribution(of: $0) }
        var table = TerminalTable(titles: ["", "", corrections[0].rawValue, "95%"])
        table.titles += corrections.dropFirst().map(\.rawValue) + (human == nil ? [] : ["people", "95%"])
        for (index, option) in question.options.enumerated() {
            let share = shares[0]?[index]
            var row: [TerminalTable.Cell] = [
                .text(option.text), .text(Bar.text(share, width: 16)), .percent(share), .text(Self.interval(share, count)),
            ]
            row += shares.dropFirst().map { .percent($0?[index]) }
            if let human {
                row += [.percent(human.shares[index]), .text(Self.interval(human.shares[index], human.effectiveSize))]
            }
            table.rows.append(row)
        }
        var lines = [table.rendered(indent: 2).trimmingSuffix("\n")]
        lines.append("  \(counted(Int(count), "resident")) by \(method.rawValue); bars uncorrected, intervals as if each were one respondent")
        lines += AnswerQuality(answers).lines.flatMap { wrapped($0, to: 78).split(separator: "\n").map { "  \($0)" } }
        if !groups.isEmpty { lines.append(grouped(corrections[0])) }
        return lines.joined(separator: "\n")
    }

    private func grouped(_ correction: Correction) -> String {
        var table = TerminalTable(titles: [attribute] + question.options.map(\.text) + ["n"])
        for group in Set(groups.values).sorted(by: precedes) {
            let given = answers.filter { groups[$0.persona] == group }
            guard let shares = PollStudy.averageShares(given, question: question, correction: correction) else { continue }
            let count = PollStudy.persons(given, question: question, correction: correction).count
            table.rows.append([.text(group)] + shares.map { .percent($0) } + [.count(count)])
        }
        return table.rendered(indent: 2).trimmingSuffix("\n")
    }

    private static func interval(_ share: Double?, _ n: Double) -> String {
        guard let share, let interval = wilsonInterval(share: share, n: n) else { return "-" }
        return "\(percent(interval.low)) to \(percent(interval.high))"
    }
}
