import Kernel
public import Surveys

/// Personas drawn from the respondents of a survey.
///
/// - Source: Argyle et al. 2023, "Out of One, Many", doi:10.1017/pan.2023.2.
public enum SiliconSample {
    /// Draws a panel: the same panel, codebook and respondents give the same personas, whatever order the respondents
    /// come in.
    ///
    /// Every respondent in the universe has the same probability of filling a place, or, where the panel is weighted,
    /// one proportional to their weight (without replacement: systematic sampling from a shuffled list, whose
    /// inclusion probabilities are exactly proportional). A panel drawn by stratum does so within each of its strata.
    ///
    /// - Returns: `panel.size` personas in the order drawn, with distinct ids.
    /// - Complexity: O(n log n) for n respondents.
    public static func draw(
        _ panel: Panel, codebook: Codebook, respondents: [Respondent], survey: String
    ) throws(PanelError) -> [Persona] {
        let backstory = try Backstory(panel, codebook: codebook)
        if panel.weighted, codebook.weight == nil { throw .noWeights(panel: panel.id, survey: survey) }
        let people = respondents.filter(panel.universe.contains).sorted {
            precedes($0.id, $1.id)
        }
        guard !people.isEmpty else { throw .emptyUniverse(panel: panel.id) }
        if !panel.withReplacement, panel.size > people.count {
            throw .tooFewRespondents(panel: panel.id, size: panel.size, available: people.count)
        }
        let drawn: [(person: Respondent, weight: Double)]
        if let strata = panel.strata {
            drawn = try stratified(people, by: strata, panel: panel, codebook: codebook)
        } else {
            var stream = RandomStream(seed: panel.seed, "panel/\(panel.id)")
            drawn = try fill(panel.size, from: people, panel: panel, using: &stream).map { ($0, 1) }
        }
        return name(drawn, codebook: codebook, backstory: backstory, panel: panel, survey: survey)
    }

    /// People for some places of a panel, in the order drawn.
    static func fill(
        _ size: Int, from people: [Respondent], panel: Panel, using stream: inout some RandomNumberGenerator
    ) throws(PanelError) -> [Respondent] {
        let places: [Int]
        switch (panel.weighted, panel.withReplacement) {
        case (false, true): places = (0..<max(0, size)).map { _ in pick(people.count, using: &stream) }
        case (false, false): places = Array(shuffled(people.count, first: max(0, size), using: &stream))
        case (true, true): places = proportional(people, size: size, using: &stream)
        case (true, false): places = try systematic(people, size: size, panel: panel.id, using: &stream)
        }
        return places.map { people[$0] }
    }

    private static func pick(_ count: Int, using stream: inout some RandomNumberGenerator) -> Int {
        min(count - 1, Int(stream.unit() * Double(count)))
    }

    /// The first places of a Fisher-Yates shuffle.
    private static func shuffled(
        _ count: Int, first: Int, using stream: inout some RandomNumberGenerator
    ) -> ArraySlice<Int> {
        var order = Array(0..<count)
        for place in 0..<first { order.swapAt(place, place + pick(count - place, using: &stream)) }
        return order.prefix(first)
    }

    private static func proportional(
        _ people: [Respondent], size: Int, using stream: inout some RandomNumberGenerator
    ) -> [Int] {
        var total = 0.0
        let cumulative = people.map { person in
            total += person.weight
            return total
        }
        return (0..<max(0, size)).map { _ in
            let point = stream.unit() * total
            var low = 0
            var high = people.count - 1
            while low < high {
                let middle = (low + high) / 2
                if cumulative[middle] > point { high = middle } else { low = middle + 1 }
            }
            return low
        }
    }

    /// - Source: Madow 1949, "On the Theory of Systematic Sampling, II".
    private static func systematic(
        _ people: [Respondent], size: Int, panel: String, using stream: inout some RandomNumberGenerator
    ) throws(PanelError) -> [Int] {
        guard size > 0 else { return [] }
        let step = people.reduce(0) { $0 + $1.weight } / Double(size)
        if let heavy = people.first(where: { $0.weight > step * (1 + 1e-9) }) {
            throw .weightTooLarge(panel: panel, respondent: heavy.id)
        }
        let order = Array(shuffled(people.count, first: people.count, using: &stream))
        let start = stream.unit()
        var drawn: [Int] = []
        var passed = 0.0
        for (place, index) in order.enumerated() {
            passed += people[index].weight
            let left = order.count - place - 1
            // The second condition meets rounding at the very end: a place is never left empty.
            if passed > (start + Double(drawn.count)) * step || drawn.count + left < size { drawn.append(index) }
            if drawn.count == size { break }
        }
        return drawn
    }

    private static func name(
        _ people: [(person: Respondent, weight: Double)], codebook: Codebook, backstory: Backstory, panel: Panel,
        survey: String
    ) -> [Persona] {
        var taken: Set<String> = []
        return people.map { person, weight in
            let stem = "\(survey)-\(person.id)"
            var id = stem
            var times = 1
            while !taken.insert(id).inserted {
                times += 1
                id = "\(stem)-\(times)"
            }
            var answers: [String: Int] = [:]
            for question in codebook.questions {
                if case .option(let index)? = person.answers[question.id], question.options.indices.contains(index) {
                    answers[question.id] = question.options[index].code
                }
            }
            var attributes: [String: String] = [:]
            for variable in codebook.variables { attributes[variable.name] = person.variables[variable.name] }
            if codebook.variable(Diet.attribute) == nil { attributes[Diet.attribute] = panel.reads?.group(of: attributes) }
            var persona = Persona(
                id: id, name: "Respondent \(person.id)", answers: answers,
                facts: panel.order.applied(
                    to: backstory.facts(for: person), seed: panel.seed, panel: panel.id, persona: id),
                respondent: person.id, attributes: attributes, weight: weight)
            persona.reads = panel.reads?.diet(of: attributes)
            return persona
        }
    }
}
