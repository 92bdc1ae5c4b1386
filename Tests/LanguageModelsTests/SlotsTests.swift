@testable import LanguageModels
import Testing

private actor Log {
    private(set) var names: [String] = []
    func add(_ name: String) { names.append(name) }
}

@Suite struct `slots` {
    @Test func `let in the earliest moment first, and among equals who came first`() async throws {
        let slots = Slots(1)
        await slots.take()
        let entered = Log()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let calls = [("late", 50), ("early", 10), ("middle", 30), ("early too", 10), ("none", Int.min)]
            for (number, (name, moment)) in calls.enumerated() {
                group.addTask {
                    await Urgency.$moment.withValue(moment) { await slots.take() }
                    await entered.add(name)
                    await slots.give()
                }
                // Each waits before the next comes.
                while await slots.queued <= number { await Task.yield() }
            }
            await slots.give()
            try await group.waitForAll()
        }
        #expect(await entered.names == ["none", "early", "early too", "middle", "late"])
    }
}
