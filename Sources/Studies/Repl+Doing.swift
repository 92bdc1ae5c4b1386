import Kernel
import Reports
import Results
import Worlds

extension Repl {
    mutating func step(_ count: Int) async throws -> String {
        var lines: [String] = []
        for _ in 0..<count {
            do {
                guard let record = try await session.step(jobs: environment.jobs) else {
                    lines.append(ended)
                    break
                }
                lines += told(record)
            } catch {
                lines.append(failure(error))
                break
            }
        }
        return lines.isEmpty ? "Nothing to see." : lines.joined(separator: "\n")
    }

    mutating func run(_ span: String) async throws -> String {
        let words = span.split(maxSplits: 1, whereSeparator: \.isWhitespace)
        let end: SimulationTime
        if words.first == "until", words.count == 2 {
            end = try moment(String(words[1]))
        } else if let length = TimeSpan(oneLine(span)), length.seconds > 0 {
            end = session.simulation.time + length
        } else {
            throw StudyError.usage("'\(span)' is not a length of time; write 'run 2 h', 'run 30 min' or 'run until day 1 12:00'")
        }
        guard end > session.simulation.time else { throw StudyError.usage("\(end) is past; it is \(session.simulation.time)") }
        return try await pass(until: end) ?? "Nothing to see."
    }

    /// Lets everything due until then happen.
    ///
    /// - Returns: What happened; `nil` for nothing.
    mutating func pass(until end: SimulationTime) async throws -> String? {
        var lines: [String] = []
        let (clock, from) = (ContinuousClock(), session.simulation.time)
        let start = clock.now
        do {
            while let due = session.simulation.nextTime, due <= end {
                guard let record = try await session.step(jobs: environment.jobs) else {
                    lines.append(ended)
                    return lines.joined(separator: "\n")
                }
                lines += told(record)
                environment.progress.report(
                    .advanced(
                        done: (record.time - from).seconds / 60, total: max(1, (end - from).seconds / 60),
                        what: "simulated minutes (\(record.time))",
                        seconds: (clock.now - start) / .seconds(1)))
            }
            session.simulation.pass(until: end)
        } catch {
            lines.append(failure(error))
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    mutating func tell(_ rest: String) async throws -> String {
        let (whom, what) = ReplLine.addressed(rest) { name in session.simulation.who.contains { matches($0, name) } }
        let person = try person(whom)
        return try await intervene("tell", person.id, try said(what, "tell \(firstName(person.name)) \"...\""))
    }

    mutating func inject(_ rest: String) async throws -> String {
        let (whereTo, what) = ReplLine.addressed(rest) { name in (try? self.place(name)) != nil }
        let place = try self.place(whereTo)
        return try await intervene("inject", place.name, try said(what, "inject \(place.name) \"...\""))
    }

    /// Does something by hand, after all else that is due at this moment and before anything later.
    private mutating func intervene(_ command: String, _ object: String, _ words: String) async throws -> String {
        var lines = try await settled()
        let intervention = Intervention(command, object, words, at: session.simulation)
        var trial = session.simulation
        guard intervention.apply(to: &trial), trial.stopped == nil else { throw StudyError.usage(ended) }
        try await Task { [session] in
            try await session.recorder.recordIntervention(intervention, run: session.run)
        }.value
        session.simulation = trial
        do {
            lines += try await settled()
        } catch {
            return (lines + [failure(error), "It is recorded, and takes effect with the next step."]).joined(separator: "\n")
        }
        if command == "tell" {
            let name = sanitised(name(of: object))
            lines.append("\(name) has been told; '\(sanitised(firstName(name)))??' shows what they remember.")
        }
        return lines.joined(separator: "\n")
    }

    /// Lets what is due at the present moment happen.
    private mutating func settled() async throws -> [String] {
        var lines: [String] = []
        while let due = session.simulation.nextTime, due <= session.simulation.time,
            let record = try await session.step(jobs: environment.jobs)
        { lines += told(record) }
        return lines
    }

    /// Interviews a copy of somebody's mind.
    func ask(_ rest: String) async throws -> String {
        let (whom, what) = ReplLine.addressed(rest) { name in session.simulation.who.contains { matches($0, name) } }
        let person = try person(whom)
        let question = try said(what, "ask \(firstName(person.name)) \"...\"")
        let answer = try await session.ask(person.id, question)
        let sources = answer.memories.isEmpty
            ? "" : "; in mind \(session.run)/\(person.id)/" + answer.memories.map { "\($0)" }.joined(separator: ", ")
        return "\(sanitised(person.name)): \(sanitised(answer.words))" + dimmed("\n  \(answer.completion.prefix(12))\(sources)")
    }

    /// Words on one line with nothing in them that a terminal would obey.
    private func said(_ text: String, _ form: String) throws -> String {
        guard let words = try spoken(text) else { throw StudyError.usage("say what; write it as: \(form)") }
        return words
    }

    /// Why a step was not taken, as a line; what was done before it stands.
    func failure(_ error: any Error) -> String {
        error is CancellationError
            ? "Stopped: the step is discarded, and it is still \(session.simulation.time)."
            : sanitised(describe(error), keepingLines: true)
    }

    private var ended: String { session.simulation.ended }
}
