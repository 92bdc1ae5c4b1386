import Agents
import Files
import Kernel
import Results

/// Who decides what in which cell, and in which order.
struct ExperimentDesign: Sendable {
    struct Subject: Sendable {
        var id: String
        /// `nil` for nobody in particular.
        var persona: Persona?
        var drawn: [String: String] = [:]

        var recorded: RecordedSubject { RecordedSubject(id: id, persona: persona?.id, drawn: drawn) }
    }

    struct Task: Sendable {
        var cell: Int
        var encounter: Encounter
        var method: ElicitationMethod
    }

    let experiment: Experiment
    let cells: [Experiment.Cell]
    let subjects: [Subject]

    /// Draws what the experiment draws for each subject: by subject and variable, so that all cells share it.
    ///
    /// - Parameter arms: Names of arms; all where `nil`.
    init(_ experiment: Experiment, subjects: [Subject], arms: [String]?) throws {
        self.experiment = experiment
        cells = try experiment.cells(arms: arms)
        self.subjects = subjects.map { subject in
            var subject = subject
            for drawn in experiment.drawn where !drawn.values.isEmpty {
                var stream = RandomStream(seed: experiment.seed, "experiment/drawn", subject.id, drawn.variable)
                let place = Int(stream.unit() * Double(drawn.values.count))
                subject.drawn[drawn.variable] = drawn.values[min(place, drawn.values.count - 1)]
            }
            return subject
        }
    }

    /// Everything to be decided, by subject, then cell, decision, order of the options and repetition.
    ///
    /// - Throws: `ElicitationError` where a method is impossible; ``StudyError`` where the same would be asked twice.
    func tasks(by decider: Decider) throws -> [Task] {
        var methods: [String: ElicitationMethod] = [:]
        for decision in experiment.decisions {
            methods[decision.name] = try decider.method(experiment.method, for: decision)
        }
        try check(Array(methods.values), decider)
        return subjects.flatMap { subject in
            cells.flatMap { cell in
                experiment.decisions.flatMap { decision -> [Task] in
                    guard let method = methods[decision.name] else { return [] }
                    return orders(of: decision, for: subject).flatMap { order in
                        (0..<experiment.repeats).map { repetition in
                            Task(
                                cell: cell.number,
                                encounter: encounter(subject, cell, decision, order: order, repetition: repetition),
                                method: method)
                        }
                    }
                }
            }
        }
    }

    func encounter(
        _ subject: Subject, _ cell: Experiment.Cell, _ decision: Decision, order: [Int], repetition: Int
    ) -> Encounter {
        let variables = cell.filling(subject.drawn)
        let saysItself = Template(experiment.situation).variables.contains(Experiment.endowment)
        return Encounter(
            subject: subject.id, persona: subject.persona, endowment: saysItself ? "" : variables[Experiment.endowment] ?? "",
            situation: Template(experiment.situation).filled(variables), decision: decision.filled(variables), order: order,
            repetition: repetition)
    }

    /// The orders in which a subject sees the options.
    func orders(of decision: Decision, for subject: Subject) -> [[Int]] {
        let written = Array(0..<decision.places)
        if written.isEmpty { return [written] }
        if experiment.swap { return [written, written.reversed()] }
        guard experiment.shuffle else { return [written] }
        var stream = RandomStream(seed: experiment.seed, "experiment/order", subject.id, decision.name)
        var order = written
        for place in order.indices.dropLast() {
            order.swapAt(place, place + min(order.count - place - 1, Int(stream.unit() * Double(order.count - place))))
        }
        return [order]
    }

    /// Refuses repetitions that would bring the same answer each time.
    private func check(_ methods: [ElicitationMethod], _ decider: Decider) throws {
        guard methods.allSatisfy(decider.isDeterministic) else { return }
        let why = "the same prompt always brings the same answer by this method"
        let remedy = "use method sample with a temperature above 0, or ask once"
        if experiment.repeats > 1 { throw StudyError.usage("'repeats: \(experiment.repeats)' adds nothing: \(why); \(remedy)") }
        if case .nobody = experiment.subjects, subjects.count > 1, experiment.drawn.isEmpty, !experiment.shuffle {
            throw StudyError.usage("\(subjects.count) sessions of nobody add nothing: \(why); \(remedy) (--sessions 1)")
        }
    }
}

extension Experiment {
    /// The cells of some arms, with the numbers they have among all; all where `nil`.
    func cells(arms: [String]?) throws -> [Cell] {
        guard let arms else { return cells }
        let known = factors.first { $0.name == Self.arm }?.levels.map(\.name) ?? []
        for arm in arms where !known.contains(arm) {
            throw StudyError.usage(
                known.isEmpty ? "the experiment has no arms to choose from"
                    : "there is no arm '\(arm)'; there are \(known.joined(separator: ", "))")
        }
        return cells.filter { $0.value(Self.arm).map(arms.contains) ?? false }
    }
}

extension Experiment.Cell {
    /// Variables of the cell and the subject; an endowment's own are filled in.
    func filling(_ drawn: [String: String]) -> [String: String] {
        var all = variables.merging(drawn) { own, _ in own }
        if let sentence = all[Experiment.endowment] { all[Experiment.endowment] = Template(sentence).filled(all) }
        return all
    }

    var recorded: RecordedCell {
        RecordedCell(number: number, label: label, levels: levels.map { [$0.name, $0.value] }, variables: variables)
    }
}
