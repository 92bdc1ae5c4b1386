import Agents
import Foundation
import Results
import Surveys

/// Applies what a calibration chose to another poll, and refuses what it was chosen on.
struct CalibratedBaseline: Sendable {
    var baseline: Baseline
    var stored: StoredCalibration
    /// The calibration's run.
    var run: String

    /// - Parameter heldOut: Leave out the questions and the people the choice was tuned on, instead of refusing.
    /// - Throws: ``StudyError`` where the run is no finished calibration, the poll was asked another way, or, without
    ///   `heldOut`, names what the choice was tuned on.
    init(_ baseline: Baseline, calibration name: String, heldOut: Bool, database: ResultsDatabase) async throws {
        let run = try await database.run(named: name)
        guard run.header.kind == "calibrate", let text = run.header.settings["calibration"] else {
            throw StudyError.usage("\(run.id) is no finished calibration; make one with 'populace calibrate PANEL'")
        }
        let stored = try JSONDecoder().decode(StoredCalibration.self, from: Data(text.utf8))
        self.run = run.id
        self.stored = stored
        guard run.header.models.map(\.identity) == baseline.run.header.models.map(\.identity) else {
            throw StudyError.usage("\(baseline.run.id) asked another model than \(run.id) was calibrated for")
        }
        let shape = baseline.run.header.settings["ask-as"] ?? "bio"
        guard shape == stored.askAs.rawValue,
            baseline.answers.contains(where: { $0.method == stored.method }), baseline.corrections.contains(stored.correction)
        else {
            throw StudyError.usage(
                "\(run.id) chose to ask by '\(stored.method.rawValue)' as '\(stored.askAs.rawValue)', and \(baseline.run.id) was asked otherwise; poll again with --method \(stored.method.rawValue) --ask-as \(stored.askAs.rawValue)")
        }
        let (questions, people) = (Set(stored.split.calibrationQuestions), Set(stored.split.calibrationRespondents))
        let sameSurvey = baseline.codebook.id == stored.survey
        var rest = baseline
        rest.questions.removeAll { questions.contains($0.id) }
        if sameSurvey {
            rest.humans.removeAll { people.contains($0.id) }
            rest.personas.removeAll { $0.respondent.map(people.contains) ?? false }
        }
        if !heldOut {
            let seen = baseline.questions.map(\.id).filter(questions.contains)
            let known = sameSurvey ? baseline.humans.map(\.id).filter(people.contains) : []
            guard seen.isEmpty, known.isEmpty else {
                var parts: [String] = []
                if !seen.isEmpty { parts.append("the questions \(seen.joined(separator: ", "))") }
                if !known.isEmpty {
                    let more = known.count > 5 ? " and \(known.count - 5) more" : ""
                    parts.append("the respondents \(known.prefix(5).joined(separator: ", "))\(more)")
                }
                throw StudyError.usage(
                    "\(run.id) was tuned on \(parts.joined(separator: " and on ")): it is not judged on the same; add --held-out to leave them out")
            }
        }
        guard !rest.questions.isEmpty, !rest.humans.isEmpty, !rest.personas.isEmpty else {
            throw StudyError.usage(
                "\(run.id) was tuned on everything in \(baseline.run.id): poll the questions \(stored.split.heldOutQuestions.joined(separator: ", "))")
        }
        rest.corrections = [stored.correction]
        self.baseline = rest
    }

    /// The calibrated answers beside the people, ready to compare.
    func comparer(repeats: Int) -> Comparer {
        var comparer = baseline.comparer(stored.correction, repeats: repeats)
        comparer.people = stored.model.applied(to: comparer.people, by: stored.variable)
        comparer.correction = run
        return comparer
    }

    /// Said above the comparison.
    var note: String { "Calibrated by \(run): \(CalibrateStudy.choice(stored.model.choice)); judged on what it was not tuned on.\n" }
}
