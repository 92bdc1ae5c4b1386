import LanguageModels
import Reports
import Results

extension RunCost {
    /// What a run's completions took, whenever they were made.
    init(of run: Run, _ database: ResultsDatabase) async throws {
        let uses = try await database.costs(run: run.id).reduce(0) { $0 + $1.uses }
        let rows = try await database.modelCosts(run: run.id).map { one in
            let prices = run.header.models.first { $0.identity.title == one.model }?.knownPrices
            return RunCost.Row(
                purpose: one.purpose, model: one.model, calls: one.cost.completions, tokensIn: one.cost.tokensIn,
                tokensOut: one.cost.tokensOut, seconds: Double(one.cost.milliseconds) / 1000,
                cost: prices?.cost(of: TokenUsage(input: one.cost.tokensIn, output: one.cost.tokensOut)))
        }
        self.init(title: "What \(run.id) took", rows: rows, uses: uses > 0 ? uses : nil)
    }
}
