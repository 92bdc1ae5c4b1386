// The future event list on SimPy's and Mesa's workloads, one thread: events a second, least of the rounds' times.
import Foundation
import Kernel

/// N agents who each wait 1 to 2 seconds, in milliseconds, and again, `total` waits in all.
func waits(agents: Int, total: Int) -> Double {
    var queue = EventQueue<UInt32>()
    var states = (0..<agents).map { UInt64($0) &* 2_654_435_761 }
    func delay(_ agent: Int) -> Int {
        states[agent] = states[agent] &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return 1000 + Int((states[agent] >> 33) % 1000)
    }
    for agent in 0..<agents { queue.schedule(UInt32(agent), at: SimulationTime(seconds: delay(agent))) }
    var left = [Int32](repeating: Int32(total / agents), count: agents)
    var due: [UInt32] = []
    var fired = 0
    let start = ContinuousClock.now
    while let time = queue.popDue(into: &due) {
        fired += due.count
        for agent in due {
            left[Int(agent)] -= 1
            if left[Int(agent)] > 0 {
                queue.schedule(agent, at: SimulationTime(seconds: time.seconds + delay(Int(agent))))
            }
        }
    }
    precondition(fired == total / agents * agents)
    return Double(fired) / ((ContinuousClock.now - start) / .seconds(1))
}

/// The hold model: what is popped is scheduled anew, delays from one shared generator.
func hold(agents: Int, total: Int) -> Double {
    var queue = EventQueue<UInt32>()
    var state: UInt64 = 42
    func delay() -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return 1000 + Int((state >> 33) % 1000)
    }
    for agent in 0..<agents { queue.schedule(UInt32(agent), at: SimulationTime(seconds: delay())) }
    var due: [UInt32] = []
    var fired = 0
    let start = ContinuousClock.now
    while fired < total, let time = queue.popDue(into: &due) {
        for agent in due { queue.schedule(agent, at: SimulationTime(seconds: time.seconds + delay())) }
        fired += due.count
    }
    return Double(fired) / ((ContinuousClock.now - start) / .seconds(1))
}

/// Agents who do nothing in each of `steps` steps and are due again in the next.
func emptySteps(agents: Int, steps: Int) -> Double {
    var queue = EventQueue<UInt32>()
    for agent in 0..<agents { queue.schedule(UInt32(agent), at: SimulationTime(seconds: 0)) }
    var due: [UInt32] = []
    let start = ContinuousClock.now
    for step in 1...steps {
        queue.popDue(into: &due)
        for agent in due { queue.schedule(agent, at: SimulationTime(seconds: step)) }
    }
    precondition(queue.count == agents)
    return Double(agents * steps) / ((ContinuousClock.now - start) / .seconds(1))
}

func show(_ name: String, _ rounds: Int = 5, _ rate: () -> Double) {
    let rates = (0..<rounds).map { _ in rate() }.sorted()
    let million = { (rate: Double) in String(format: "%.1f", rate / 1e6) }
    print("\(name)\t\(million(rates[rounds - 1]))\t\(million(rates[rounds / 2]))")
}

print("workload\tbest M/s\tmedian M/s")
for agents in [1_000, 100_000, 1_000_000] {
    show("waits, \(agents) agents") { waits(agents: agents, total: max(10_000_000, agents * 10)) }
    show("hold, \(agents) agents") { hold(agents: agents, total: 10_000_000) }
}
show("empty steps, 10,000 agents x 100") { emptySteps(agents: 10_000, steps: 100) }
