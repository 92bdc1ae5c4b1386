internal import Agents
internal import Kernel

/// How long somebody goes on with what they have decided on where they are, unless something interrupts them.
///
/// From a turn on, the minutes of their plan follow each other without a decision until the hour they decided on is
/// over, as long as they are to be spent in the same place.
struct Leisure {
    /// The turn that is due.
    let turn: SimulationTime
    /// The turn after that one, at the earliest.
    let following: SimulationTime
    /// The first turn at which they may leave.
    let open: SimulationTime

    init(_ simulation: Simulation, of index: Int, from turn: SimulationTime) {
        let resident = simulation.residents[index]
        let (plan, world) = (resident.mind.plan, simulation.world)
        var turns: [SimulationTime] = [turn]
        let isFree = resident.away || resident.heading != nil || resident.interrupted || !resident.ended.isEmpty
        while !isFree, let moment = turns.last, let decided = resident.decided, moment < decided,
            let step = plan.current(at: moment),
            step.place == resident.place || simulation.geography.hop(from: resident.place, to: step.place) == nil,
            world.planning.detail == .day || simulation.leavesOut(.planning)
                || plan.isLaidOut(at: moment, minutes: world.planning.detail == .minutes)
        {
            turns.append(simulation.end(of: step, from: moment))
        }
        self.turn = turn
        following = turns.count > 1 ? turns[1] : turn
        open = turns[turns.count - 1]
    }
}

extension Simulation {
    /// When somebody who carries on with a step where they are has their next turn.
    func end(of step: DayPlan.Step, from moment: SimulationTime) -> SimulationTime {
        let ends = step.from > moment ? step.from : step.until
        return max(min(moment + world.planning.patience, ends), moment + .minutes(1))
    }

    /// Whether somebody is where they live, or no way leads there.
    func isHome(_ index: Int) -> Bool {
        let resident = residents[index]
        return !resident.away && geography.hop(from: resident.place, to: resident.mind.home) == nil
    }
}
