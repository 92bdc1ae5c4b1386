internal import Agents
internal import Kernel

extension Simulation {
    /// Sets out for the next place on the way to where somebody is heading.
    mutating func walk(_ index: Int, completion: String?, _ happening: inout Happening) {
        guard let heading = residents[index].heading,
            let hop = geography.hop(from: residents[index].place, to: heading)
        else {
            residents[index].heading = nil
            return turn(index, at: time + world.clock.grain)
        }
        setOut(index, to: hop, completion: completion, &happening)
    }

    mutating func setOut(_ index: Int, to hop: String, completion: String?, _ happening: inout Happening) {
        endTalk(of: index)
        let (name, from) = (residents[index].name, residents[index].place)
        let goal = residents[index].heading ?? hop
        // Whoever passes through on the way to somewhere else has not been here.
        if residents[index].passing {
            residents[index].passing = false
        } else {
            let text = Movement.departure(of: name, from: from, goal: goal)
            occur(.move, at: from, index, text, completion: completion, &happening)
        }
        residents[index].doing = nil
        place(index, in: nil)
        residents[index].turnAt = nil
        schedule(.arrive(index, hop), at: time + (geography.takes(from: from, to: hop) ?? world.clock.grain))
    }

    mutating func arrive(_ index: Int, at place: String, _ happening: inout Happening) {
        let from = residents[index].place
        self.place(index, in: place)
        let name = residents[index].name
        let onward = residents[index].heading.map { $0 != place } ?? false
        let text = Movement.arrival(of: name, from: from, at: place, goal: onward ? residents[index].heading : nil)
        occur(.move, at: place, index, text, &happening)
        residents[index].passing = onward
        if residents[index].homeward { return homeward(index, &happening) }
        if !onward {
            residents[index].heading = nil
            look(index, &happening)
        }
        turn(index, at: time)
    }

    /// Notices the things that are not as one saw them last.
    mutating func look(_ index: Int, _ happening: inout Happening) {
        let place = residents[index].place
        for object in objects[place] ?? [] {
            let key = "\(place)\u{0}\(object.name)"
            if residents[index].seen[key] == object.state { continue }
            residents[index].seen[key] = object.state
            let percept = Thinking.Percept(
                text: "The \(object.name) at \(place): \(object.state)", kind: .observation, plain: true)
            happening.noticed[index, default: []].append(.init(percept: percept))
        }
    }
}
