import Agents
import Files
import Reports
import Surveys

/// A panel's people, weighted to the population's shares where the panel states any.
struct DrawnPanel: Sendable {
    var people: [Persona]
    /// What the weighting cost; `nil` where the panel states no shares.
    var weights: AdjustedWeights?

    /// - Throws: ``PanelError``, or ``StudyError`` where no weights of the people drawn meet the shares.
    init(_ panel: Panel, from survey: SurveyFile, respondents: [Respondent]) throws {
        people = try SiliconSample.draw(
            panel, codebook: survey.codebook, respondents: respondents, survey: survey.codebook.id)
        guard let adjustment = panel.adjustment else { return }
        do {
            let adjusted = try adjustment.adjusted(people)
            (people, weights) = (adjusted.personas, adjusted.weights)
        } catch {
            throw StudyError.usage(
                "panel '\(panel.id)' cannot be weighted by \(adjustment.variables.joined(separator: ", ")): \(error) "
                    + "Draw more people ('size:'), leave people out ('where:'), or change the stated shares.")
        }
    }

    /// What a reader should know of the weighting: none without one.
    func notes(_ adjustment: PanelAdjustment?) -> [String] {
        guard let adjustment, let weights else { return [] }
        let way: String
        switch adjustment.target {
        case .margins: way = "Raked to the margins of \(adjustment.variables.joined(separator: ", "))"
        case .crossing: way = "Post-stratified by \(adjustment.variables.joined(separator: " x "))"
        }
        var notes = [
            way + (adjustment.source.map { " (\(sanitised($0)))" } ?? "")
                + ": effective size \(fixed(weights.effectiveSizeBefore, decimals: 1)) before, "
                + "\(fixed(weights.effectiveSizeAfter, decimals: 1)) after; the largest weight is "
                + "\(fixed(weights.largest, decimals: 2)) times the mean."
        ]
        if !weights.emptyCells.isEmpty {
            let names = weights.emptyCells.map { sanitised($0) }.joined(separator: "; ")
            switch adjustment.target {
            case .margins: notes.append("Nobody is in these crossings, of which nothing was learnt: \(names).")
            case .crossing: notes.append("Cells merged: \(names).")
            }
        }
        return notes
    }
}

extension AdjustedWeights {
    var json: JSONValue {
        .object([
            .init("effectiveSizeBefore", .number(effectiveSizeBefore)),
            .init("effectiveSizeAfter", .number(effectiveSizeAfter)), .init("largest", .number(largest)),
            .init("sweeps", .integer(sweeps)), .init("cells", JSONValue(emptyCells)),
        ])
    }
}
