import Kernel
import LanguageModels
import Reports
import Results
import Worlds

extension Repl {
    /// How an occurrence of the run came about, and what each memory recalled for it did.
    func why(_ number: String) async throws -> String {
        let sequence: Int
        if number == "last" {
            guard let last = try await database.occurrences(run: session.run).last else {
                throw StudyError.usage("nothing has happened yet: let the world begin with 'step'")
            }
            sequence = last.sequence
        } else {
            let digits = number.split(separator: "#").last.map(String.init) ?? number
            guard let given = Int(digits) else {
                throw StudyError.usage("'\(number)' is no number of an occurrence; write 'why 12' or 'why last'")
            }
            if number.contains("#"), !number.hasPrefix("#") { return try await show(number) }
            sequence = given
        }
        let cause = try await shown(.occurrence(run: session.run, sequence: sequence))
        return ([cause] + (try await influence(on: sequence))).joined(separator: "\n")
    }

    /// What an address names; `#12`, `@day 1 09:00` and `rosa/12` are of the run under way, and no address is the run.
    func show(_ text: String?) async throws -> String {
        guard let text else { return try await shown(.run(session.run)) }
        return try await shown(try Address(whole(text)))
    }

    private func shown(_ address: Address) async throws -> String {
        try await ShowStudy(environment: environment, prompts: look.showsPrompts).show(address, database).text
    }

    /// An address with its run in front.
    private func whole(_ text: String) -> String {
        if text.hasPrefix("#") || text.hasPrefix("@") {
            let time = text.dropFirst()
            // A time of day is of the present day.
            if text.hasPrefix("@"), let moment = try? moment(String(time)) { return "\(session.run)@\(moment)" }
            return session.run + text
        }
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard let name = parts.first, let person = try? person(name) else { return text }
        return ([session.run, person.id] + parts.dropFirst()).joined(separator: "/")
    }

    /// An address, dimmed where the terminal can.
    func dimmed(_ text: String) -> String {
        look.dims && !text.isEmpty ? "\u{1B}[2m\(text)\u{1B}[22m" : text
    }

    /// What the run has taken so far, by purpose, and how much of it in this session.
    func cost() async throws -> String {
        let purposes = try await database.costs(run: session.run)
        let meter = await session.models.meter()
        var lines: [String] = []
        if purposes.isEmpty {
            lines.append("\(session.run) has asked nothing of a model yet.")
        } else {
            var table = TerminalTable(titles: ["purpose", "uses", "calls", "tokens in", "out", "seconds"])
            func row(_ name: String, _ uses: Int, _ cost: RecordedCost) -> [TerminalTable.Cell] {
                [
                    .text(name), .count(uses), .count(cost.completions), .count(cost.tokensIn), .count(cost.tokensOut),
                    .number(Double(cost.milliseconds) / 1000, decimals: 1),
                ]
            }
            table.rows = purposes.map { row($0.purpose, $0.uses, $0.cost) }
            table.rows.append(
                row("all", purposes.reduce(0) { $0 + $1.uses }, try await database.cost(run: session.run)))
            lines.append(table.rendered().trimmingSuffix("\n"))
            lines.append("What \(session.run) rests on, in the models' own time, whenever they were asked.")
        }
        lines.append(
            "Since it was opened: \(counted(meter.calls, "model call")), \(meter.hits) from the record, \(meter.spent.total) of \(meter.usage.total) tokens new\(environment.budget.spent.costText).")
        return lines.joined(separator: "\n")
    }
}
