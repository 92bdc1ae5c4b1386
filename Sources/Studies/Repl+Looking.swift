import Kernel
import Agents
import Reports
import Worlds

extension Repl {
    /// What a step brought about, a line each.
    func told(_ record: StepRecord) -> [String] {
        record.occurrences.map { occurrence in
            var text = sanitised(occurrence.text)
            if occurrence.kind == .say {
                let to = occurrence.addressee.map { " to \(sanitised(name(of: $0)))" } ?? ""
                text = "\(sanitised(name(of: occurrence.actor ?? "")))\(to): \"\(text)\""
            }
            return "\(occurrence.time)  \(sanitised(occurrence.place)): \(text)"
                + dimmed("  \(session.run)#\(occurrence.sequence)")
        } + record.pollsDue.map { "\(record.time)  asked aside: \($0.questions.map { sanitised($0) }.joined(separator: ", "))" }
    }

    var help: String {
        let width = ReplLine.commands.map(\.form.count).max() ?? 0
        return ReplLine.commands.map {
            "  " + $0.form + String(repeating: " ", count: width - $0.form.count) + "  " + $0.does
        }.joined(separator: "\n") + "\nA NAME is an id, a full name or a first name."
    }

    var who: String {
        var table = TerminalTable(titles: ["id", "name", "where", "what"])
        table.rows = session.simulation.who.map { [.text($0.id), .text($0.name), .text($0.place), .text(doing($0))] }
        return table.rendered()
    }

    private func doing(_ person: ResidentView) -> String {
        if person.asleep { return "asleep" }
        if let goal = person.headedFor { return "on the way to \(goal)" }
        if let other = person.talkingWith { return "talking with \(name(of: other))" }
        return person.step?.what ?? "nothing in particular"
    }

    /// Places, what they are next to (nearness goes both ways), and who is where.
    var map: String {
        places.map { place in
            let near = places.filter { other in
                other.name != place.name && (other.leads(to: place) || place.leads(to: other))
            }
            let people = session.simulation.look(place.name).map { $0.name + ($0.asleep ? " (asleep)" : "") }
            return sanitised(place.name) + (near.isEmpty ? "" : "  next to " + sanitised(near.map(\.name).joined(separator: ", ")))
                + "\n  " + (people.isEmpty ? "nobody" : sanitised(people.joined(separator: ", ")))
        }.joined(separator: "\n")
    }

    func look(_ name: String?) throws -> String {
        let shown = try name.map { [try place($0)] } ?? places
        return shown.map { place in
            var lines = ["\(sanitised(place.name)): \(sanitised(oneLine(place.about)))"]
            lines += place.objects.map { "  \(sanitised($0.name)): \(sanitised($0.state))" }
            lines += session.simulation.look(place.name).map { "  \(sanitised($0.name)): \(sanitised(doing($0)))" }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    /// Somebody in brief: `NAME?`.
    func profile(of name: String) throws -> String {
        let person = try person(name)
        guard let mind = session.simulation.mind(of: person.id) else { return "" }
        let persona = mind.persona
        var first = persona.name
        if let age = persona.age { first += ", \(age)" }
        if let work = persona.work { first += ", \(work)" }
        var lines = ["\(first) (\(person.id))"]
        if let about = persona.about { lines.append("  \(oneLine(about))") }
        lines.append("  is at \(person.place), \(doing(person))")
        lines += persona.believes.map { "  believes: \($0)" }
        lines += persona.habits.map { "  habit: \($0)" }
        lines += person.knows.map { "  knows \(self.name(of: $0.persona)): \($0.what)" }
        lines += person.spokenWith.map {
            "  has spoken with \(self.name(of: $0.persona)): \($0.utterances) utterance\($0.utterances == 1 ? "" : "s")"
        }
        let count = mind.memories.count
        lines.append("  \(count) memor\(count == 1 ? "y" : "ies"); '\(firstName(person.name))??' shows them")
        return lines.map { sanitised($0) }.joined(separator: "\n") + dimmed("  \(session.run)/\(person.id)")
    }

    /// The memory stream, oldest first: `NAME??`.
    func memories(of name: String) throws -> String {
        let person = try person(name)
        let memories = session.simulation.mind(of: person.id)?.memories.memories ?? []
        if memories.isEmpty { return "\(sanitised(person.name)) remembers nothing yet: let the world begin with 'step'." }
        let width = "\(memories.count)".count
        return memories.map { memory in
            let number = "\(memory.sequence)"
            let evidence = memory.evidence.isEmpty ? "" : " (from \(memory.evidence.map { "\($0)" }.joined(separator: ", ")))"
            return String(repeating: " ", count: width - number.count) + number
                + "  \(memory.time)  \(memory.kind.rawValue)  \(fixed(memory.importance, decimals: 1))  \(sanitised(memory.text))\(evidence)"
        }.joined(separator: "\n") + dimmed("\n\(session.run)/\(person.id)/1 to \(memories.count)")
    }

    /// The day's plan, `>` before the step under way.
    func plan(of name: String) throws -> String {
        let person = try person(name)
        guard let plan = session.simulation.mind(of: person.id)?.plan, !plan.isEmpty else {
            return "\(sanitised(person.name)) has no plan yet."
        }
        let now = session.simulation.time
        func line(_ step: DayPlan.Step, _ indent: String) -> String {
            let under = !person.asleep && step.from <= now && now < step.until
            let change = step.object.flatMap { object in step.state.map { ", \(object): \($0)" } } ?? ""
            return "\(under ? ">" : " ") \(indent)\(step.from.timeOfDay)  \(sanitised(step.place)): \(sanitised(step.what + change))"
        }
        func within(_ steps: [DayPlan.Step], _ outer: DayPlan.Step) -> [DayPlan.Step] {
            steps.filter { $0.from >= outer.from && $0.from < outer.until && $0 != outer }
        }
        return plan.strokes.flatMap { stroke in
            [line(stroke, "")] + within(plan.hours, stroke).flatMap { hour in
                [line(hour, "  ")] + within(plan.minutes, hour).map { line($0, "    ") }
            }
        }.joined(separator: "\n")
    }
}
