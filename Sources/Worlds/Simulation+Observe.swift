public import Agents

/// A resident as an onlooker sees them.
public struct ResidentView: Hashable, Sendable {
    public var id: String
    public var name: String
    public var place: String
    public var asleep: Bool
    /// The place they are on the way to; `place` is where they were last.
    public var headedFor: String?
    /// The plan step under way.
    public var step: DayPlan.Step?
    /// Persona id of the one they are talking with.
    public var talkingWith: String?
    /// In the order of the world file.
    public var knows: [World.Acquaintance]
    /// Persona ids, sorted, of those they have spoken with, and how many utterances passed.
    public var spokenWith: [Contact]

    public struct Contact: Hashable, Sendable {
        public var persona: String
        public var utterances: Int
    }
}

extension Simulation {
    /// All residents, by persona id.
    public var who: [ResidentView] { residents.indices.map(view) }

    /// Where a resident is; `nil` for nobody's id.
    public func place(of persona: String) -> String? { residents.first { $0.id == persona }?.place }

    /// Those in a place, by persona id.
    public func look(_ place: String) -> [ResidentView] { who.filter { $0.place == place } }

    /// A copy of somebody's mind, for polls and interviews: whatever is asked of it, they remember nothing of.
    public func mind(of persona: String) -> Mind? { residents.first { $0.id == persona }?.mind }

    private func view(_ index: Int) -> ResidentView {
        let resident = residents[index]
        return ResidentView(
            id: resident.id, name: resident.name, place: resident.place, asleep: resident.asleep,
            headedFor: resident.away || resident.heading != nil ? resident.heading : nil,
            step: resident.asleep ? nil : resident.mind.plan.current(at: time),
            talkingWith: resident.talk.flatMap { talks[$0] }.map { residents[$0.other(than: index)].id },
            knows: world.residents.first { $0.persona.id == resident.id }?.knows ?? [],
            spokenWith: resident.spoken.keys.sorted().map {
                .init(persona: residents[$0].id, utterances: resident.spoken[$0] ?? 0)
            })
    }

    /// The things in a place as they are now, in the file's order.
    public func things(in place: String) -> [World.Object] { objects[place] ?? [] }
}
