import Agents
import Kernel
import Reports
import Results
import Worlds

/// The measures of a recorded run of a world: what spread, who knows whom, how people kept to their plans.
struct MeasuresStudy: Sendable {
    let environment: StudyEnvironment
    let database: ResultsDatabase

    func measures(of run: Run) async throws -> TownMeasures {
        TownMeasures(try await recorded(run), run: run.id)
    }

    /// - Throws: ``StudyError/usage(_:)`` for anything but a world's run.
    func recorded(_ run: Run) async throws -> RecordedRun {
        guard run.header.kind == "run" else {
            throw StudyError.usage("\(run.id) is a \(run.header.kind), not a run of a world; only those are measured")
        }
        let loaded = try StudyLoader(environment: environment).world(
            recorded: try await database.files(ofRun: run.id), path: run.header.settings["path"] ?? "")
        var memories: [String: [Memory]] = [:]
        for resident in loaded.world.residents {
            let id = resident.persona.id
            memories[id] = try await database.memories(run: run.id, resident: id)
        }
        return RecordedRun(
            world: loaded.world, occurrences: try await database.occurrences(run: run.id), memories: memories,
            uses: try await database.uses(run: run.id).map(\.use),
            until: try await database.lastCommittedTime(run: run.id) ?? loaded.world.clock.starts)
    }
}

extension TownMeasures {
    init(_ run: RecordedRun, run id: String) {
        let network = AcquaintanceNetwork(run)
        let places = Dictionary(uniqueKeysWithValues: run.world.residents.enumerated().map { ($1.persona.id, $0) })
        self.init(
            run: id, world: run.world.id, residents: run.residents.count, from: run.world.clock.starts.description,
            until: run.until.description, news: run.world.news.map { News($0, in: run) },
            network: network.points.map { Point($0.time, $0.edges, $0.density.value) },
            mutual: network.points.map { Point($0.time, $0.mutual, $0.mutualDensity.value) },
            noDensity: network.points.last?.density.missing, people: run.world.residents.map(\.persona.name),
            ties: network.ties.compactMap { tie in
                guard let first = places[tie.first], let second = places[tie.second] else { return nil }
                return Tie(
                    first: first, second: second, since: tie.since.description, isMutual: tie.isMutual, isNew: tie.isNew)
            }, conduct: Self.conduct(run),
            purposes: Conduct(run).purposes.map { Purpose(name: $0.name, calls: $0.calls, tokens: $0.tokens) })
    }

    private static func conduct(_ run: RecordedRun) -> [Figure] {
        let (adherence, idle, conduct) = (PlanAdherence(run), IdleTime(run), Conduct(run))
        func share(_ measured: Measured<Double>) -> Figure.Value {
            switch measured {
            case .value(let value): .share(value)
            case .missing(let why): .missing(why)
            }
        }
        func number(_ measured: Measured<Double>, _ decimals: Int) -> Figure.Value {
            switch measured {
            case .value(let value): .number(value, decimals: decimals)
            case .missing(let why): .missing(why)
            }
        }
        return [
            Figure("plan adherence", share(adherence.share), note: "of planned waking time in the place planned"),
            Figure("unreadable plans", .count(adherence.unreadable)),
            Figure("idle", share(idle.share), note: "of waking time with nothing done, said or walked"),
            Figure("conversations", .count(conduct.conversations), note: "talks of at least two utterances"),
            Figure("unanswered", .count(conduct.unanswered), note: "utterances nobody answered"),
            Figure("utterances each", number(conduct.utterancesPerConversation, 1), note: "per conversation"),
            Figure("reflections", .count(conduct.reflections)),
            Figure("re-plans", .count(conduct.replans), note: "plans made other than on getting up"),
            Figure("failures", .count(conduct.failures), note: "decisions that could not be carried out"),
            Figure("simulated hours", .number(conduct.hours, decimals: 1)),
            Figure("calls per hour", number(conduct.callsPerHour, 1), note: "\(conduct.calls) in all, recorded before or not"),
            Figure("tokens per hour", number(conduct.tokensPerHour, 0), note: "\(conduct.tokens) in all"),
        ]
    }
}

extension TownMeasures.Point {
    init(_ time: SimulationTime, _ count: Int, _ share: Double?) {
        self.init(seconds: time.seconds, time: time.description, count: count, share: share)
    }
}

extension TownMeasures.News {
    init(_ news: World.News, in run: RecordedRun) {
        let diffusion = Diffusion(of: news, in: run)
        let attendance = Attendance.of(news, diffusion, in: run)
        self.init(
            name: news.name, about: news.about, started: diffusion.started,
            points: diffusion.points.map { .init($0.time, $0.knowing, $0.share) },
            hops: diffusion.hops.map { hop in
                .init(
                    seconds: hop.time.seconds, time: hop.time.description, from: hop.from, to: hop.to,
                    occurrence: hop.occurrence, way: hop.way.rawValue, overheard: hop.overheard)
            },
            claims: Diffusion.Claim.allCases.map { .init(name: $0.rawValue, count: diffusion.count($0)) },
            gathering: attendance.value.map { attendance in
                .init(
                    place: attendance.gathering.place, from: attendance.gathering.from.description,
                    until: attendance.gathering.until.description, hosts: attendance.hosts, knew: attendance.knew,
                    invited: attendance.invited, came: attendance.came, invitedCame: attendance.invitedCame,
                    complete: attendance.complete)
            }, noGathering: attendance.missing)
    }
}
