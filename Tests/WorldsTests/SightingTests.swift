import Agents
import Kernel
import Testing
import Worlds

struct SightingTests {
    @Test func `an onlooker sees everybody where the simulation has them after every step`() async throws {
        var simulation = Simulation(world: village(), seed: 7)
        var sightings = Sightings(simulation.world)
        var walks = 0
        while let record = try await simulation.step(minds: Script().minds, jobs: 2) {
            for occurrence in record.occurrences { sightings.see(occurrence) }
            for person in simulation.who {
                let sighting = try #require(sightings[person.id])
                #expect(sighting.place == person.place, "\(record.time) \(person.id)")
                #expect((sighting.state == .asleep) == person.asleep, "\(record.time) \(person.id)")
                if sighting.state == .walking {
                    walks += 1
                    #expect(person.headedFor != nil, "\(record.time) \(person.id)")
                    #expect(sighting.next != nil && sighting.next != sighting.place)
                }
            }
        }
        #expect(walks > 5)
    }

    @Test func `whoever passes through a place walks on to the next`() {
        var sightings = Sightings(village())
        func move(_ place: String, _ text: String) {
            sightings.see(
                Occurrence(
                    sequence: 1, time: SimulationTime(day: 1, hour: 9), place: place, actor: "anna-berg", kind: .move,
                    text: text))
        }
        move("Bakery", "Anna Berg leaves Bakery for Hall.")
        #expect(sightings["anna-berg"]?.next == "Café")
        move("Café", "Anna Berg comes from Bakery to Café, on the way to Hall.")
        #expect(
            sightings["anna-berg"] == Sighting(resident: "anna-berg", place: "Café", next: "Hall", state: .walking))
        move("Hall", "Anna Berg comes from Café to Hall.")
        #expect(sightings["anna-berg"] == Sighting(resident: "anna-berg", place: "Hall", next: nil, state: .awake))
    }
}
