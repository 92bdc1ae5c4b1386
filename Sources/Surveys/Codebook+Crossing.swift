extension Codebook {
    /// A name for a crossing of variables: `party x sex`.
    public static func crossing(_ names: [String]) -> String { names.joined(separator: " x ") }

    /// The survey with one more variable that crosses others: `Democrat x Female`, in the order of the first, then the
    /// second.
    ///
    /// - Parameter names: Two or more variables of the codebook.
    /// - Returns: `nil` where one is not a variable.
    public func adding(crossingOf names: [String], among respondents: [Respondent]) -> Codebook? {
        var cells = [""]
        for (index, name) in names.enumerated() {
            guard let variable = variable(name) else { return nil }
            let words = groups(of: name, among: respondents).map { variable.words(for: $0) }
            cells = cells.flatMap { cell in words.map { index == 0 ? $0 : cell + " x " + $0 } }
        }
        var survey = self
        survey.variables.append(Variable(name: Self.crossing(names), kind: .categories(cells)))
        return survey
    }

    /// The cell of a crossing that somebody is in; `nil` where one of the variables is missing for them.
    public func cell(crossing names: [String], of attributes: [String: String]) -> String? {
        let words = names.compactMap { name in attributes[name].map { variable(name)?.words(for: $0) ?? $0 } }
        return words.count == names.count ? words.joined(separator: " x ") : nil
    }
}
