internal import Kernel

extension Simulation {
    /// Something due at a moment. Residents, events and polls are indices.
    enum Duty: Sendable {
        case begin(Int)
        case wake(Int)
        case sleep(Int)
        case arrive(Int, String)
        case event(Int)
        case injected(place: String, text: String)
        case told(Int, text: String)
        case turn(Int)
        case poll(Int)

        /// Lower comes first at one moment: what the world does, then who wakes and sleeps, then what people do.
        var priority: Int32 {
            switch self {
            case .event, .injected, .told: 0
            case .begin, .wake, .sleep: 1
            case .arrive, .turn: 2
            case .poll: 9
            }
        }

        /// Whose it is; `nil` for what the world does.
        var resident: Int? {
            switch self {
            case .begin(let index), .wake(let index), .sleep(let index), .arrive(let index, _), .told(let index, _),
                .turn(let index):
                index
            case .event, .injected, .poll: nil
            }
        }
    }

    /// Whether nothing comes of something due any more.
    func isPast(_ duty: Duty, at moment: SimulationTime) -> Bool {
        switch duty {
        case .turn(let index): residents[index].turnAt != moment
        case .poll: true
        default: false
        }
    }

    mutating func schedule(_ duty: Duty, at moment: SimulationTime) {
        queue.schedule(duty, at: moment, priority: duty.priority)
    }
}
