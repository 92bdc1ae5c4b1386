import Files
import Foundation
import Reports
import Results
import Surveys

/// What a sweep found: a row a cell, and what each value of each axis comes to beside the chance between seeds.
struct SweepTable: Sendable {
    struct Row: Sendable {
        var cell: SweepCell
        /// Merged; empty where the cell is not done.
        var runs: [String]
        var measures: [SweepMeasure]
    }

    let plan: SweepPlan
    let rows: [Row]
    let left: [SweepCell]
    let conflicts: [(cell: SweepCell, keys: [String])]
    let database: String
    /// Of all cells, in the order first met.
    let measures: [(name: String, form: SweepMeasure.Form)]

    init(
        _ plan: SweepPlan, runs: [String: MergedRuns], left: [SweepCell], environment: StudyEnvironment, database: ResultsDatabase
    ) async throws {
        self.plan = plan
        self.left = left
        self.database = environment.database
        let reader = SweepMeasures(environment: environment, database: database)
        var rows: [Row] = []
        for cell in plan.cells {
            let merged = runs[cell.digest]?.ids ?? []
            var measures: [SweepMeasure] = []
            for id in merged.suffix(1) {
                measures = try await reader.measures(of: try await database.run(id), output: plan.folder.output(cell))
            }
            rows.append(Row(cell: cell, runs: merged, measures: measures))
        }
        self.rows = rows
        conflicts = plan.cells.compactMap { cell in
            runs[cell.digest].flatMap { $0.conflicts.isEmpty ? nil : (cell, $0.conflicts) }
        }
        var seen: Set<String> = []
        measures = rows.flatMap(\.measures).filter { seen.insert($0.name).inserted }.map { ($0.name, $0.form) }
    }

    /// One value of an axis.
    struct Level: Sendable {
        var value: String
        /// By measure.
        var spreads: [SeedSpread?]
    }

    /// What the values of an axis come to; of everything where `nil`. Conditions are what else varies, but the seed.
    func levels(of axis: Int?) -> [Level] {
        let seed = plan.sweep.dimensions.firstIndex { $0.axis == .seed }
        let values = axis.map { plan.sweep.dimensions[$0].values.map(\.shown) } ?? ["all"]
        return values.map { value in
            let own = rows.filter { row in axis.map { row.cell.chosen[$0] == value } ?? true }
            return Level(
                value: value,
                spreads: measures.map { measure in
                    var conditions: [[Double]] = []
                    var places: [[String]: Int] = [:]
                    for row in own {
                        guard let found = row.measures.first(where: { $0.name == measure.name })?.value else { continue }
                        let key = row.cell.chosen.indices.filter { $0 != seed }.map { row.cell.chosen[$0] }
                        let place = places[key, default: conditions.count]
                        if place == conditions.count { conditions.append([]) }
                        places[key] = place
                        conditions[place].append(found)
                    }
                    return seedSpread(conditions)
                })
        }
    }

    /// Places of the axes that are set side by side: those of several values, but the seed.
    var compared: [Int] {
        plan.sweep.dimensions.indices.filter { plan.sweep.dimensions[$0].axis != .seed && plan.sweep.dimensions[$0].values.count > 1 }
    }
}
