internal import Agents
internal import Kernel

extension Simulation {
    /// What somebody reads when they get up: what their diet has them read by this day and they have not read before.
    ///
    /// On the world's first morning that is everything the window holds, afterwards mostly what has appeared since.
    func papers(of index: Int) -> [Reading] {
        let persona = residents[index].mind.persona
        guard let diet = persona.reads, !leavesOut(.observation) else { return [] }
        let today = world.clock.date.advanced(byDays: time.day - 1)
        return diet.read(on: today, by: persona.id, seed: seed).filter { !residents[index].read.contains($0.article.path) }
    }

    /// Puts what somebody reads this morning into memory, each article an observation rated as any other.
    ///
    /// - Returns: Paths of the articles.
    func read(_ index: Int, _ thinking: inout Thinking) async throws -> [String] {
        let papers = papers(of: index)
        if papers.isEmpty { return [] }
        try await thinking.perceive(
            papers.map { Thinking.Percept(text: $0.memory, kind: .observation, plain: false, striking: true) },
            retention: world.perception.retention)
        return papers.map(\.article.path)
    }
}
