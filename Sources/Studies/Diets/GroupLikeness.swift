import Reports
import Surveys

/// Whether groups that read differently answer as people of these groups do: Pearson's correlation over groups,
/// questions and options between the model's shares and people's.
///
/// - Source: Chu et al. 2023, "Language Models Trained on Media Diets Can Predict Public Opinion", arXiv:2303.16779.
struct GroupLikeness: Hashable, Sendable {
    var correction: String
    var groups: Int
    /// Shares compared.
    var pairs: Int
    /// Of the shares; `nil` where they do not vary. High as soon as the model knows which answers are common.
    var shares: Double?
    /// Of how far they are from those of all groups together: what telling groups apart is worth.
    var differences: Double?

    /// `nil` without two groups.
    init?(_ panel: ComparedPanel) {
        let grouped = panel.cells.filter { $0.group != nil }
        groups = Set(grouped.compactMap(\.group)).count
        guard groups > 1, let first = grouped.first else { return nil }
        correction = first.correction
        var (model, human): ([Double], [Double]) = ([], [])
        var (modelApart, humanApart): ([Double], [Double]) = ([], [])
        for cell in grouped {
            guard let all = panel.cells.first(where: { $0.group == nil && $0.question == cell.question }) else { continue }
            model += cell.model.shares
            human += cell.human.shares
            modelApart += zip(cell.model.shares, all.model.shares).map { $0 - $1 }
            humanApart += zip(cell.human.shares, all.human.shares).map { $0 - $1 }
        }
        pairs = model.count
        shares = pearsonCorrelation(model, human)
        differences = pearsonCorrelation(modelApart, humanApart)
    }

    /// Empty of none.
    static func text(_ found: [GroupLikeness]) -> String {
        guard let first = found.first else { return "" }
        var table = TerminalTable(titles: ["correction", "r of shares", "r of distances from all"])
        for one in found {
            table.rows.append([.text(one.correction), .number(one.shares, decimals: 3), .number(one.differences, decimals: 3)])
        }
        return "\n" + wrapped("Groups that read differently beside people, \(counted(first.groups, "group")) and \(counted(first.pairs, "share")):")
            + "\n" + table.rendered(indent: 2)
            + wrapped(
                "Chu et al. 2023 report r = .458 with what each group watches and reads, .274 without (second-hand; other models, texts and questions). Poll '--without reading' for yours without.")
            + "\n"
    }

    static func added(_ found: [GroupLikeness], to json: JSONValue) -> JSONValue {
        guard !found.isEmpty, case .object(let members) = json else { return json }
        return .object(
            members + [
                .init(
                    "groupLikeness",
                    .array(
                        found.map {
                            .object([
                                .init("correction", .string($0.correction)), .init("groups", .integer($0.groups)),
                                .init("pairs", .integer($0.pairs)), .init("shares", JSONValue($0.shares)),
                                .init("differences", JSONValue($0.differences)),
                            ])
                        }))
            ])
    }
}
