import Kernel
import Results
import Worlds

extension WatchedRun {
    func begin(_ session: WorldSession) {
        open(.live(session), Opening(run: session.run, world: session.loaded.world, isRecorded: false), occurrences: [])
    }

    func saw(_ record: StepRecord, _ session: WorldSession) {
        source = .live(session)
        append(record.occurrences, at: record.time)
        nudge()
    }

    func end(_ why: String) {
        pace.ended = why
        nudge()
    }

    func open(_ source: Source, _ opening: Opening, occurrences: [Occurrence]) {
        self.source = source
        self.opening = opening
        sightings = Sightings(opening.world)
        var rest = occurrences[...]
        while let first = rest.first {
            append(Array(rest.prefix { $0.time == first.time }), at: first.time)
            rest = rest.drop { $0.time == first.time }
        }
        nudge()
    }

    private func append(_ occurrences: [Occurrence], at time: SimulationTime) {
        guard var now = sightings else { return }
        let before = now
        for occurrence in occurrences { now.see(occurrence) }
        sightings = now
        moments.append(
            Moment(time: time, occurrences: occurrences, sightings: now.all.filter { before[$0.resident] != $0 }))
    }
}
