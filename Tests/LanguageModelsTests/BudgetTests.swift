import Testing

@testable import LanguageModels

private func text(_ words: Int, _ number: Int) -> Request {
    .text(TextRequest(
        prompt: plain(Array(repeating: "a", count: words).joined(separator: " ")), purpose: "test", maximumTokens: 10,
        seed: UInt64(number)))
}

/// Says two words after a while; counts how many calls are under way.
private struct SlowModel: LanguageModel {
    let identity = ModelIdentity(name: "slow", backEnd: "scripted")

    func respond(to request: Request) async throws -> Answer {
        try await Task.sleep(for: .milliseconds(2))
        return Answer(response: .text("a b", complete: true), usage: request.usageInWords(output: "a b"))
    }
}

@Suite struct `A budget` {
    @Test func `prices tell cached from other input`() {
        let usage = TokenUsage(input: 1_000_000, output: 500_000, cached: 400_000)
        #expect(TokenPrices(input: 3, cached: 1, output: 10).cost(of: usage) == 1.8 + 0.4 + 5)
        #expect(TokenPrices(input: 3, output: 10).cost(of: usage) == 8)
        #expect(TokenPrices.free.cost(of: usage) == 0)
    }

    @Test func `is used up as far as calls turn out to need, never beyond, and stops with none under way`() async throws {
        let budget = Budget(SpendingLimit(tokens: 1_000))
        let model = BudgetedModel(SlowModel(), budgets: [budget])
        let refused = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    do { _ = try await model.respond(to: text(8, number)) } catch { return error is BudgetSpent }
                    return false
                }
            }
            var refused = 0
            for await isRefused in group where isRefused { refused += 1 }
            return refused
        }
        // Each needs 10 tokens and is expected to need 18: after 99 the hundredth would not fit.
        #expect(budget.spent.usage.total == 990 && budget.spent.calls == 99)
        #expect(refused == 101)
    }

    @Test func `of one model does not bound another, and both bound those they share`() async throws {
        let (own, whole) = (Budget(SpendingLimit(tokens: 20)), Budget(SpendingLimit(tokens: 45)))
        let one = BudgetedModel(SlowModel(), budgets: [whole, own])
        let other = BudgetedModel(SlowModel(), budgets: [whole])
        _ = try await one.respond(to: text(8, 1))
        let error = await #expect(throws: BudgetSpent.self) { try await one.respond(to: text(8, 2)) }
        #expect(error?.limit == own.limit && error?.spent.usage.total == 10)
        for number in 3..<5 { _ = try await other.respond(to: text(8, number)) }
        await #expect(throws: BudgetSpent.self) { try await other.respond(to: text(8, 6)) }
        #expect(whole.spent.calls == 3 && own.spent.calls == 1)
    }

    @Test func `says what is spent and what the next call would take`() {
        var (spent, next) = (Spending(), Spending())
        (spent.cost, next.cost) = (12.0049881, 0.000036)
        let error = BudgetSpent(limit: SpendingLimit(cost: 12.005), spent: spent, next: next)
        #expect(
            "\(error)"
                == "The budget is spent: at most a cost of 12.005 (12.004988 spent, the next call costs about 0.000036).")
    }

    @Test func `is not charged for calls that failed`() async throws {
        struct Broken: Error {}
        let budget = Budget(SpendingLimit(tokens: 100))
        let broken = BudgetedModel(ScriptedModel("broken") { _ in throw Broken() }, budgets: [budget])
        for number in 0..<50 { await #expect(throws: Broken.self) { try await broken.respond(to: text(8, number)) } }
        #expect(budget.spent == Spending())
    }
}
