import Agents
import Kernel
import Results
import Surveys

/// Groups of respondents by what a panel's file says that people like them read.
struct RespondentDiet: Sendable {
    /// That diets go by.
    var variable: String
    private let diet: PanelDiet

    init?(_ panel: Panel?) {
        guard let diet = panel?.reads, case .by(let variable, _) = diet else { return nil }
        self.variable = variable
        self.diet = diet
    }

    /// Of the variable `reads`.
    var groups: Variable {
        var names: Set<String> = [Diet.nothing]
        if case .by(_, let groups) = diet { names.formUnion(groups.map(\.diet.group)) }
        return Variable(name: Diet.attribute, kind: .categories(names.sorted(by: precedes)))
    }

    func group(_ people: inout [Respondent]) {
        for index in people.indices {
            people[index].variables[Diet.attribute] = diet.group(of: people[index].variables)
        }
    }
}

extension BaselineReader {
    /// `nil` unless `--by` names what people read, and the panel's diets go by a variable.
    func diet(_ by: String?, of run: Run, _ codebook: Codebook) async throws -> RespondentDiet? {
        let names = (by ?? "").split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        guard names.contains(Diet.attribute), codebook.variable(Diet.attribute) == nil else { return nil }
        return RespondentDiet(try await panel(of: run))
    }
}

extension Codebook {
    func adding(_ variable: Variable) -> Codebook {
        var codebook = self
        codebook.variables.append(variable)
        return codebook
    }
}
