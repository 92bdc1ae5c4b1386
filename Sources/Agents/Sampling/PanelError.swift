/// Why a silicon sample could not be drawn.
public enum PanelError: Error, Equatable, CustomStringConvertible {
    /// No respondent of the survey is inside the panel's universe.
    case emptyUniverse(panel: String)
    case tooFewRespondents(panel: String, size: Int, available: Int)
    case noWeights(panel: String, survey: String)
    /// Without replacement, this weight would need a probability above 1.
    case weightTooLarge(panel: String, respondent: String)
    case heldOutInBackstory(panel: String, question: String)
    /// Somebody in the universe belongs to no stratum.
    case noStratum(panel: String, variable: String, respondents: Int)
    case tooFewInStratum(panel: String, stratum: String, size: Int, available: Int)
    /// The size cannot be divided equally.
    case unevenStrata(panel: String, size: Int, strata: Int)
    case unknownName(panel: String, name: String)

    public var description: String {
        switch self {
        case .emptyUniverse(let panel): "No respondent of the survey is in the universe of panel '\(panel)'."
        case .tooFewRespondents(let panel, let size, let available):
            "Panel '\(panel)' asks for \(size) people without replacement, but its universe holds \(available)."
        case .noWeights(let panel, let survey):
            "Panel '\(panel)' draws by weight, but survey '\(survey)' names no weight column."
        case .weightTooLarge(let panel, let respondent):
            "Panel '\(panel)' cannot be drawn by weight without replacement: respondent \(respondent) weighs more "
                + "than one place in the panel; draw fewer people, or with replacement."
        case .heldOutInBackstory(let panel, let question):
            "Panel '\(panel)' holds out '\(question)' but tells it in its backstory."
        case .noStratum(let panel, let variable, let respondents):
            "Panel '\(panel)' draws by '\(variable)', which \(respondents) of the respondents in its universe have no "
                + "value of; leave them out with 'where: { \(variable): [...] }'."
        case .tooFewInStratum(let panel, let stratum, let size, let available):
            "Panel '\(panel)' asks for \(size) people of '\(stratum)' without replacement, but its universe holds "
                + "\(available)."
        case .unevenStrata(let panel, let size, let strata):
            "Panel '\(panel)' cannot draw \(size) people equally from \(strata) strata; draw "
                + "\(max(1, size / strata) * strata) or \((size / strata + 1) * strata)."
        case .unknownName(let panel, let name):
            "Panel '\(panel)' names '\(name)', which is neither a variable nor a question of its survey."
        }
    }
}
