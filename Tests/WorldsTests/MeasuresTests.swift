import Agents
import Foundation
import Kernel
import Testing

@testable import Worlds

/// Small records made by hand; what each figure should be is worked out beside it.
struct MeasuresTests {
    static let people = ["ann", "bob", "cleo", "dan", "eve", "fay"]
    static let party = World.News(
        name: "party", about: "Ann's party", startsWith: ["ann"], words: [["party"], ["valentine", "feast of love"]],
        gathering: .init(place: "Cafe", from: at(17), until: at(19)))

    static func at(_ hour: Int, _ minute: Int = 0) -> SimulationTime { SimulationTime(day: 1, hour: hour, minute: minute) }

    static func world(
        _ people: [String] = people, knows: [String: [String]] = [:], starts: SimulationTime = at(7),
        sleeps: Persona.Sleep? = nil
    ) -> World {
        World(
            id: "toy", title: "Toy", about: "", seed: 1,
            clock: .init(date: CivilDate(year: 2026, month: 3, day: 2), starts: starts),
            places: [
                .init(name: "Cafe", about: "", near: [.init(to: "Mill", takes: .minutes(5)), "Home"]),
                .init(name: "Cafe: kitchen", about: "", within: "Cafe"), .init(name: "Mill", about: ""),
                .init(name: "Home", about: ""), .init(name: "Bar (old)", about: "", near: ["Mill"]),
            ],
            residents: people.map { id in
                World.Resident(
                    persona: Persona(id: id, name: id.capitalized, sleeps: sleeps), lives: "Home",
                    knows: (knows[id] ?? []).map { .init(persona: $0, what: "a friend") })
            }, news: [party], stop: [])
    }

    static func say(_ sequence: Int, _ time: SimulationTime, _ from: String, _ to: String, _ words: String) -> Occurrence {
        Occurrence(
            sequence: sequence, time: time, place: "Cafe", actor: from, kind: .say, text: words, addressee: to,
            completion: "k\(sequence)")
    }

    static func did(_ sequence: Int, _ time: SimulationTime, _ who: String, _ kind: Occurrence.Kind, _ text: String, at place: String = "Home") -> Occurrence {
        Occurrence(sequence: sequence, time: time, place: place, actor: who, kind: kind, text: "\(who.capitalized) \(text)")
    }

    static func memory(_ sequence: Int, _ time: SimulationTime, _ kind: Memory.Kind, _ text: String, evidence: [Int] = []) -> Memory {
        Memory(
            sequence: sequence, time: time, kind: kind, text: text, importance: 5, embedding: [], lastAccess: time,
            evidence: evidence)
    }

    static func use(_ who: String, _ completion: String, _ time: SimulationTime, recalled: [Int], purpose: String = "speak") -> Use {
        Use(
            persona: who, purpose: purpose, time: time, completion: completion, tokens: 10,
            recalled: recalled.enumerated().map { .init(memory: $1, rank: $0 + 1, recency: 0, importance: 0, relevance: 0) })
    }

    // 08:00 Ann, who knows it, tells Bob; the memory of it was recalled for these words. Cleo overhears.  traced
    // 08:10 Bob tells Dan; nothing was recalled.                                                          worded
    // 08:20 Eve, who knows nothing, says so to Ann; Fay overhears.                                        unfounded
    // 08:30 Fay repeats it to Ann.                                                                        hearsay
    // 08:40 Cleo tells Eve, recalling a reflection without the words that rests on what she overheard.    traced
    // Five utterances carry it, one of them unfounded: 1/5. Fay never knows it: nobody who knew told her.
    static let said = [
        say(1, at(8), "ann", "bob", "Come to my Valentine PARTY!"),
        say(2, at(8, 10), "bob", "dan", "Ann has a party on Valentine\u{2019}s Day."),
        say(3, at(8, 20), "eve", "ann", "A party for the Feast of Love, surely?"),
        say(4, at(8, 30), "fay", "ann", "That valentine party!"),
        say(5, at(8, 40), "cleo", "eve", "Valentine, Ann's party."),
        say(6, at(8, 50), "dan", "ann", "Third parties and valentines."),
    ]
    static let memories: [String: [Memory]] = [
        "ann": [
            memory(1, at(7), .seed, "I host a party on Valentine's Day."),
            memory(2, at(8), .utterance, "Ann said to Bob: \"Come to my Valentine PARTY!\""),
        ],
        "bob": [memory(1, at(8), .utterance, "Ann said to Bob: \"Come to my Valentine PARTY!\"")],
        "cleo": [
            memory(1, at(8), .utterance, "Ann said to Bob: \"Come to my Valentine PARTY!\""),
            memory(2, at(8, 5), .reflection, "Ann likes company.", evidence: [1]),
        ],
        "dan": [memory(1, at(8, 10), .utterance, "Bob said to Dan: \"Ann has a party on Valentine\u{2019}s Day.\"")],
        "eve": [
            memory(1, at(8, 20), .utterance, "Eve said to Ann: \"A party for the Feast of Love, surely?\""),
            memory(2, at(8, 40), .utterance, "Cleo said to Eve: \"Valentine, Ann's party.\""),
        ],
        "fay": [memory(1, at(8, 20), .utterance, "Eve said to Ann: \"A party for the Feast of Love, surely?\"")],
    ]
    static let uses = [
        use("ann", "k1", at(8), recalled: [1]), use("bob", "k2", at(8, 10), recalled: []),
        use("cleo", "k5", at(8, 40), recalled: [2]), use("fay", "k4", at(8, 30), recalled: [1]),
    ]
    static var told: RecordedRun { RecordedRun(world: world(), occurrences: said, memories: memories, uses: uses, until: at(9)) }

    @Test func `news is followed from mouth to ear, and a chain of three is found`() {
        let diffusion = Diffusion(of: Self.party, in: Self.told)
        #expect(diffusion.utterances.map(\.claim) == [.traced, .worded, .unfounded, .hearsay, .traced])
        #expect(diffusion.utterances.map(\.occurrence) == [1, 2, 3, 4, 5])
        #expect(diffusion.started == ["ann"])
        #expect(diffusion.hops == [
            .init(from: "ann", to: "bob", time: Self.at(8), occurrence: 1, way: .traced, overheard: false),
            .init(from: "ann", to: "cleo", time: Self.at(8), occurrence: 1, way: .traced, overheard: true),
            .init(from: "bob", to: "dan", time: Self.at(8, 10), occurrence: 2, way: .worded, overheard: false),
            .init(from: "cleo", to: "eve", time: Self.at(8, 40), occurrence: 5, way: .traced, overheard: false),
        ])
        // 1 of 6 at 07:00, 3 at 08:00, 4 at 08:10, 5 at 08:40 and until 09:00.
        #expect(diffusion.points.map(\.knowing) == [1, 3, 4, 5, 5])
        #expect(diffusion.points.map(\.time) == [Self.at(7), Self.at(8), Self.at(8, 10), Self.at(8, 40), Self.at(9)])
        #expect(diffusion.points.map(\.share) == [1, 3, 4, 5, 5].map { (knowing: Double) in knowing / 6 })
    }

    @Test func `a claim with no memory behind it is unfounded, and teaches nobody`() {
        let diffusion = Diffusion(of: Self.party, in: Self.told)
        #expect(diffusion.unfoundedShare == .value(0.2))
        #expect(diffusion.since("fay", start: Self.at(7)) == nil)
        #expect(diffusion.since("eve", start: Self.at(7)) == Self.at(8, 40))
        // Having said it oneself is nothing to know it from: said again, it is as unfounded as before.
        let again = RecordedRun(
            world: Self.world(), occurrences: Self.said + [Self.say(7, Self.at(8, 25), "eve", "ann", "I say, a Valentine party!")],
            memories: Self.memories, uses: Self.uses, until: Self.at(9))
        let repeated = Diffusion(of: Self.party, in: again)
        #expect(repeated.utterances.map(\.claim) == [.traced, .worded, .unfounded, .unfounded, .hearsay, .traced])
        #expect(repeated.hearings.allSatisfy { $0.from != $0.to })
    }

    @Test func `what is heard at a moment cannot have been passed on at it`() {
        let said = [Self.say(1, Self.at(8), "ann", "bob", "Valentine party"), Self.say(2, Self.at(8), "bob", "dan", "Valentine party")]
        let memories = [
            "bob": [Self.memory(1, Self.at(8), .utterance, "Ann said to Bob: \"Valentine party\"")],
            "dan": [Self.memory(1, Self.at(8), .utterance, "Bob said to Dan: \"Valentine party\"")],
        ]
        let diffusion = Diffusion(
            of: Self.party, in: RecordedRun(world: Self.world(), occurrences: said, memories: memories, until: Self.at(9)))
        #expect(diffusion.utterances.map(\.claim) == [.worded, .unfounded])
        #expect(diffusion.hops.map(\.to) == ["bob"])
        // Recalled for these very words, it was heard in an earlier step of the moment.
        let recalled = Diffusion(
            of: Self.party,
            in: RecordedRun(
                world: Self.world(), occurrences: said, memories: memories, uses: [Self.use("bob", "k2", Self.at(8), recalled: [1])],
                until: Self.at(9)))
        #expect(recalled.utterances.map(\.claim) == [.worded, .traced])
        #expect(recalled.hops.map(\.to) == ["bob", "dan"])
    }

    @Test func `nobody learns what they did not remember hearing`() {
        let run = RecordedRun(world: Self.world(), occurrences: Self.said, uses: Self.uses, until: Self.at(9))
        #expect(Diffusion(of: Self.party, in: run).hops == [])
        let silent = Diffusion(of: Self.party, in: RecordedRun(world: Self.world(), occurrences: [], until: Self.at(9)))
        #expect(silent.unfoundedShare.value == nil && silent.unfoundedShare.missing != nil)
    }

    @Test func `what is seen is known: an event, and the doings of those who know`() {
        let seen = [
            Occurrence(sequence: 1, time: Self.at(8), place: "Cafe", actor: nil, kind: .event, text: "A poster: Valentine party!"),
            Self.did(2, Self.at(9), "ann", .act, "turns to this: bake for the valentine party.", at: "Cafe"),
            Self.did(3, Self.at(9), "fay", .act, "turns to this: dream of a valentine party.", at: "Cafe"),
        ]
        let memories = [
            "bob": [Self.memory(1, Self.at(8), .observation, seen[0].text)],
            "dan": [Self.memory(1, Self.at(9), .observation, seen[1].text)],
            "eve": [Self.memory(1, Self.at(9), .observation, seen[2].text)],
            "fay": [Self.memory(1, Self.at(9), .observation, seen[2].text)],
        ]
        let diffusion = Diffusion(
            of: Self.party, in: RecordedRun(world: Self.world(), occurrences: seen, memories: memories, until: Self.at(10)))
        #expect(diffusion.hops == [
            .init(from: nil, to: "bob", time: Self.at(8), occurrence: 1, way: .seen, overheard: false),
            .init(from: "ann", to: "dan", time: Self.at(9), occurrence: 2, way: .seen, overheard: false),
        ])
    }

    @Test(arguments: [
        ("You're coming to my PARTY on Valentine's Day?", true), ("Feast of love: party", true), ("party valentine", true),
        ("Parties, Valentine!", false), ("A third-party payment", false), ("the feast of hate, a party", false), ("", false),
        ("partyvalentine", false),
    ])
    func `news is carried by whole words in any case`(_ text: String, _ carried: Bool) {
        #expect(Self.party.isCarried(by: text) == carried)
    }

    @Test func `case is no language's, and capitalised names match`() {
        let news = World.News(name: "n", about: "", startsWith: [], words: [["İda", "straße", "Λόγος", "zoe\u{308}"]])
        for text in ["İDA", "STRASSE", "ΛΌΓΟΣ", "Zo\u{EB}"] { #expect(news.isCarried(by: "(\(text))"), "\(text)") }
        #expect(!World.News(name: "n", about: "", startsWith: [], words: []).isCarried(by: "anything"))
    }

    @Test func `the speaker's name in a memory carries nothing`() {
        let news = World.News(name: "n", about: "", startsWith: [], words: [["ann"], ["mayor"]])
        let memories = ["bob": [Self.memory(1, Self.at(8), .utterance, "Ann said to Bob: \"The mayor is old.\"")]]
        let said = [
            Self.say(1, Self.at(8), "ann", "bob", "The mayor is old."), Self.say(2, Self.at(9), "bob", "dan", "Ann for mayor!"),
        ]
        let run = RecordedRun(world: Self.world(), occurrences: said, memories: memories, until: Self.at(10))
        #expect(Diffusion(of: news, in: run).utterances.map(\.claim) == [.unfounded])
    }

    // Four residents: 6 pairs. The file joins ann-bob (both ways) and bob-cleo (one way): 2/6, mutual 1/6.
    // 08:00-08:01 cleo and dan exchange two utterances: 3/6 and 2/6 from 08:01.
    // 08:30 dan speaks to ann, who does not answer: nothing. 09:10 ann answers long after: another talk, still nothing.
    @Test func `the network grows by answered words`() {
        let said = [
            Self.say(1, Self.at(8), "cleo", "dan", "Hello."), Self.say(2, Self.at(8, 1), "dan", "cleo", "Hello!"),
            Self.say(3, Self.at(8, 30), "dan", "ann", "Hello."), Self.say(4, Self.at(9, 10), "ann", "dan", "Yes?"),
        ]
        let world = Self.world(["ann", "bob", "cleo", "dan"], knows: ["ann": ["bob", "nobody"], "bob": ["ann", "cleo"]])
        let network = AcquaintanceNetwork(RecordedRun(world: world, occurrences: said, until: Self.at(9, 30)))
        #expect(network.points.map(\.time) == [Self.at(7), Self.at(8), Self.at(9), Self.at(9, 30)])
        #expect(network.points.map(\.edges) == [2, 2, 3, 3])
        #expect(network.points.map(\.mutual) == [1, 1, 2, 2])
        #expect(network.points.map(\.density) == [2, 2, 3, 3].map { (edges: Double) in Measured.value(edges / 6) })
        #expect(network.points.last?.mutualDensity == .value(2.0 / 6))
        #expect(
            network.ties == [
                .init(first: "ann", second: "bob", since: Self.at(7), isMutual: true, isNew: false),
                .init(first: "bob", second: "cleo", since: Self.at(7), isMutual: false, isNew: false),
                .init(first: "cleo", second: "dan", since: Self.at(8, 1), isMutual: true, isNew: true),
            ])
        // The paper's first figure: 50 of 300 pairs.
        #expect(AcquaintanceNetwork.density(edges: 50, vertices: 25) == .value(100.0 / 600))
    }

    @Test func `one resident alone has no density, and the reason is given`() {
        let network = AcquaintanceNetwork(RecordedRun(world: Self.world(["ann"]), occurrences: [], until: Self.at(8)))
        #expect(network.points.count == 2)
        for point in network.points { #expect(point.density.value == nil && point.density.missing?.contains("fewer than two") == true) }
    }

    @Test func `a conversation is words answered in time, and no longer than the world allows`() {
        let said = (0..<10).map { Self.say($0 + 1, Self.at(8, $0), $0 % 2 == 0 ? "ann" : "bob", $0 % 2 == 0 ? "bob" : "ann", "w") }
        // Eight turns fill one conversation; the other two are the next. Then a word that nobody answers.
        let talks = Conversation.all(
            in: RecordedRun(world: Self.world(), occurrences: said + [Self.say(11, Self.at(12), "dan", "ann", "w")], until: Self.at(13)))
        #expect(talks.map(\.utterances.count) == [8, 2, 1])
        #expect(talks.map(\.isAnswered) == [true, true, false])
    }

    // The gathering is in the Cafe from 17:00 to 19:00; all start in bed at Home and get up at 07:00.
    // ann: comes to the kitchen, an area of it, 16:50, stays.                                120 min: came
    // bob: comes 16:00, leaves 17:00 on the dot.                                             0 min
    // cleo: only passes through: 18:00 at the Cafe, 18:05 at the Mill, 5 min away.           0 min
    // dan: comes 18:59, stays.                                                               1 min: came
    // eve: comes 18:00 and goes to bed there at once.                                        0 min
    // fay: never.
    static let comings: [Occurrence] = {
        var list = people.enumerated().map { did($0 + 1, at(7), $1, .wake, "gets up.") }
        list += [
            did(7, at(15, 50), "bob", .move, "leaves Home for Cafe."), did(8, at(16), "bob", .move, "comes from Home to Cafe.", at: "Cafe"),
            did(9, at(16, 49), "ann", .move, "leaves Home for Cafe: kitchen."),
            did(10, at(16, 50), "ann", .move, "comes from Home to Cafe: kitchen.", at: "Cafe: kitchen"),
            did(11, at(17), "bob", .move, "leaves Cafe for Home.", at: "Cafe"),
            did(12, at(17, 10), "bob", .move, "comes from Cafe to Home."),
            did(13, at(17, 50), "cleo", .move, "leaves Home for Mill."),
            did(14, at(18), "cleo", .move, "comes from Home to Cafe, on the way to Mill.", at: "Cafe"),
            did(15, at(18), "eve", .move, "comes from Home to Cafe.", at: "Cafe"), did(16, at(18), "eve", .sleep, "goes to bed.", at: "Cafe"),
            did(17, at(18, 5), "cleo", .move, "comes from Cafe to Mill.", at: "Mill"),
            did(18, at(18, 59), "dan", .move, "comes from Home to Cafe.", at: "Cafe"),
        ]
        return list
    }()

    @Test func `those came who were awake there long enough, an area included`() throws {
        let run = RecordedRun(
            world: Self.world(), occurrences: Self.comings + Self.said.map { var said = $0; said.sequence += 100; return said },
            memories: Self.memories, uses: Self.uses, until: Self.at(20))
        let diffusion = Diffusion(of: Self.party, in: run)
        let attendance = try #require(Attendance.of(Self.party, diffusion, in: run).value)
        #expect(attendance.came == ["ann", "dan"])
        #expect(attendance.hosts == ["ann"])
        #expect(attendance.knew == ["ann", "bob", "cleo", "dan", "eve"])
        // Dan was told without a memory of it being recalled.
        #expect(attendance.invited == ["bob", "cleo", "eve"])
        #expect(attendance.invitedCame == [])
        #expect(attendance.complete)
        let longer = Attendance.of(Self.party, diffusion, in: run, least: .minutes(2))
        #expect(longer.value?.came == ["ann"])
    }

    @Test func `a gathering that has not begun has no attendance, and the reason is given`() {
        let diffusion = Diffusion(of: Self.party, in: Self.told)
        #expect(Attendance.of(Self.party, diffusion, in: Self.told).missing == "the run ends at day 1 09:00, before it begins at day 1 17:00")
    }

    @Test func `plans are read strictly, and places and deeds may hold parentheses`() {
        let places = ["Cafe", "Cafe: kitchen", "Bar (old)", "Bar"]
        let text = "07:00 eat (Cafe); and 08:00 read (Cafe: kitchen); 23:30 sing (twice) (Bar (old))"
        #expect(PlannedStrokes.lines(text, places: places) == [
            .init(second: 25_200, what: "eat (Cafe); and 08:00 read", place: "Cafe: kitchen"),
            .init(second: 84_600, what: "sing (twice)", place: "Bar (old)"),
        ])
        for bad in ["", "07:00 eat", "7:00 eat (Cafe)", "07:00 eat (Moon)", "25:00 eat (Cafe)", "07:00 eat (Cafe); 08:00 x", "07:00 eat (Cafe) ", "x 07:00 eat (Cafe)"] {
            #expect(PlannedStrokes.lines(bad, places: places) == nil, "\(bad)")
        }
    }

    // One resident, up 07:00 to 22:00 = 900 min, with a walk of 10 min (10:00 to 10:10) to the Cafe's kitchen.
    // 07:00 plan: 08:00 Home, 10:00 Cafe. 07:00-08:00 unplanned (60). 08:00-10:00 at Home as planned: 120 kept.
    // 10:00-10:10 walking. 10:10-14:00 in the kitchen, an area of the Cafe: 230 kept.
    // 14:00 plan anew, which keeps the first two strokes: 15:00 Mill. 14:00-15:00 the Cafe still: 60 kept; 15:00-22:00 not.
    // Planned 08:00-22:00 = 840; kept 120 + 230 + 60 = 410.
    @Test func `adherence is the planned waking time spent where the plan said`() throws {
        let done = [
            Self.did(1, Self.at(7), "ann", .wake, "gets up."),
            Occurrence(sequence: 2, time: Self.at(7), place: "Home", actor: "ann", kind: .plan, text: "08:00 read (Home); 10:00 cook (Cafe)"),
            Self.did(3, Self.at(10), "ann", .move, "leaves Home for Cafe: kitchen."),
            Self.did(4, Self.at(10, 10), "ann", .move, "comes from Home to Cafe: kitchen.", at: "Cafe: kitchen"),
            Occurrence(
                sequence: 5, time: Self.at(14), place: "Cafe: kitchen", actor: "ann", kind: .plan,
                text: "08:00 read (Home); 10:00 cook (Cafe); 15:00 grind (Mill)"),
            Self.did(6, Self.at(22), "ann", .sleep, "goes to bed.", at: "Cafe: kitchen"),
        ]
        let run = RecordedRun(world: Self.world(["ann"]), occurrences: done, until: Self.at(23))
        let adherence = PlanAdherence(run)
        let row = try #require(adherence.rows.first)
        #expect([row.waking, row.planned, row.kept, row.walking].map { $0 / 60 } == [900, 840, 410, 10])
        #expect(adherence.share == .value(410.0 / 840))
        #expect(adherence.unreadable == 0)
        var scrawl = done
        scrawl[1].text = "later"
        scrawl[4].text = "later"
        let none = PlanAdherence(RecordedRun(world: run.world, occurrences: scrawl, until: Self.at(23)))
        #expect(none.unreadable == 2 && none.share.value == nil && none.share.missing == "nobody planned while awake")
    }

    // Works at night: sleeps 08:00 to 16:00, gets up 16:00, plans 23:00 and then 03:00, which is tomorrow.
    // Stays at Home until 23:30, is at the Mill from then on. Bed at 08:00.
    // Still up at 10:00, but the plan ends at bedtime. Planned 23:00-08:00 = 540. Kept: Mill 23:30-03:00 = 210 and, at 03:00, Home: 0.
    @Test func `plans cross midnight`() throws {
        let done = [
            Self.did(1, Self.at(16), "ann", .wake, "gets up."),
            Occurrence(sequence: 2, time: Self.at(16), place: "Home", actor: "ann", kind: .plan, text: "23:00 grind (Mill); 03:00 read (Home)"),
            Self.did(3, Self.at(23, 20), "ann", .move, "leaves Home for Mill."),
            Self.did(4, Self.at(23, 30), "ann", .move, "comes from Home to Mill.", at: "Mill"),
        ]
        let world = Self.world(["ann"], starts: Self.at(15), sleeps: .init(starts: 8 * 3600, ends: 16 * 3600))
        let adherence = PlanAdherence(RecordedRun(world: world, occurrences: done, until: SimulationTime(day: 2, hour: 10)))
        #expect(adherence.rows.first.map { [$0.planned / 60, $0.kept / 60] } == [540, 210])
    }

    // Awake 07:00 to 12:00 = 300 min. 08:00 turns to something, without end: busy for the patience of 2 h, 08:00-10:00.
    // 11:00-11:01 a talk: busy until the last words could be answered, 11:02. Idle: 300 - 120 - 2 = 178.
    @Test func `idle is waking time with nothing done, said or walked`() {
        let done = [
            Self.did(1, Self.at(7), "ann", .wake, "gets up."), Self.did(2, Self.at(8), "ann", .act, "turns to this: read."),
            Self.say(3, Self.at(11), "ann", "bob", "Hello."), Self.say(4, Self.at(11, 1), "bob", "ann", "Hello."),
            Self.did(5, Self.at(11, 2), "ann", .act, "takes leave of Bob."), Self.did(6, Self.at(12), "ann", .sleep, "goes to bed."),
        ]
        let idle = IdleTime(RecordedRun(world: Self.world(["ann", "bob"]), occurrences: done, until: Self.at(13)))
        #expect(idle.rows.map { [$0.waking / 60, $0.idle / 60] } == [[300, 178], [0, 0]])
        #expect(idle.share == .value(178.0 / 300))
        let asleep = IdleTime(RecordedRun(world: Self.world(["ann"]), occurrences: [], until: Self.at(13)))
        #expect(asleep.share.missing == "nobody was awake")
    }

    // 2 h. Three uses of 10 tokens: 1.5 calls and 15 tokens an hour. One talk of two utterances, one word unanswered.
    // The plan on getting up is no re-plan; the other is.
    @Test func `conduct is counted`() {
        let done = [
            Self.did(1, Self.at(7), "ann", .wake, "gets up."), Self.did(2, Self.at(7), "ann", .plan, "x"),
            Self.say(3, Self.at(8), "ann", "bob", "a"), Self.say(4, Self.at(8, 1), "bob", "ann", "b"),
            Self.say(5, Self.at(8, 30), "dan", "ann", "c"), Self.did(6, Self.at(8, 40), "ann", .plan, "y"),
            Self.did(7, Self.at(8, 50), "ann", .failure, "z"), Self.did(8, Self.at(8, 50), "ann", .reflect, "w"),
        ]
        let uses = [
            Self.use("ann", "a", Self.at(8), recalled: []), Self.use("ann", "b", Self.at(8), recalled: [], purpose: "plan"),
            Self.use("bob", "c", Self.at(8), recalled: []),
        ]
        let conduct = Conduct(RecordedRun(world: Self.world(), occurrences: done, uses: uses, until: Self.at(9)))
        let counts: [Int] = [conduct.conversations, conduct.unanswered, conduct.reflections, conduct.replans, conduct.failures]
        #expect(counts == [Int](repeating: 1, count: 5))
        #expect(conduct.utterancesPerConversation == .value(2))
        #expect(conduct.callsPerHour == .value(1.5) && conduct.tokensPerHour == .value(15))
        #expect(conduct.purposes == [.init(name: "plan", calls: 1, tokens: 10), .init(name: "speak", calls: 2, tokens: 20)])
        let nothing = Conduct(RecordedRun(world: Self.world(), occurrences: [], until: Self.at(7)))
        #expect(nothing.callsPerHour.missing == "no time passed" && nothing.utterancesPerConversation.value == nil)
    }

    @Test func `the order in which records are given changes nothing`() {
        let run = Self.told
        let shuffled = RecordedRun(
            world: run.world, occurrences: run.occurrences.reversed(), memories: run.memories.mapValues { $0.reversed() },
            uses: run.uses.reversed(), until: run.until)
        #expect(Diffusion(of: Self.party, in: shuffled) == Diffusion(of: Self.party, in: run))
        #expect(AcquaintanceNetwork(shuffled) == AcquaintanceNetwork(run))
        #expect(Conduct(shuffled) == Conduct(run))
        #expect(IdleTime(shuffled) == IdleTime(run))
        let comings = RecordedRun(world: run.world, occurrences: Self.comings.reversed(), until: Self.at(20))
        #expect(Whereabouts.all(in: comings) == Whereabouts.all(in: RecordedRun(world: run.world, occurrences: Self.comings, until: Self.at(20))))
        #expect(PlanAdherence(comings).rows.map(\.resident) == Self.people)
    }

    @Test func `a simulated day is read back as it was: places, sleep, plans and conversations`() async throws {
        let world = village(stop: [.at(SimulationTime(day: 2, hour: 12))])
        var simulation = Simulation(world: world, seed: 7)
        var steps: [StepRecord] = []
        var seen: [(time: SimulationTime, who: [ResidentView])] = []
        while let step = try await simulation.step(minds: Script().minds, jobs: 4) {
            steps.append(step)
            seen.append((step.time, simulation.who))
        }
        let run = RecordedRun(world: world, steps: steps)
        let whereabouts = Whereabouts.all(in: run)
        var compared = 0
        // A moment may have several steps: the last of them is how it ended.
        for (moment, next) in zip(seen, seen.dropFirst()) where moment.time < next.time {
            for (view, own) in zip(moment.who, whereabouts) {
                let stay = own.stays.first { $0.from <= moment.time && moment.time < $0.until }
                if view.headedFor == nil {
                    #expect(stay?.place == view.place && stay?.awake == !view.asleep, "\(view.id) \(moment.time)")
                    compared += 1
                } else if let stay {
                    #expect(stay.place == view.place, "\(view.id) \(moment.time)")
                }
            }
        }
        #expect(compared > 100)
        let adherence = PlanAdherence(run)
        #expect(adherence.unreadable == 0)
        #expect(steps.flatMap(\.occurrences).contains { $0.kind == .plan })
        #expect(adherence.rows.allSatisfy { $0.planned > 0 && $0.kept <= $0.planned && $0.planned <= $0.waking })
        #expect(adherence.rows.contains { $0.kept > 0 })
        let idle = IdleTime(run)
        #expect(idle.rows.allSatisfy { 0 <= $0.idle && $0.idle < $0.waking })
        // Every exchange is counted once: utterances that the residents have exchanged are those of the talks.
        let exchanged = simulation.who.reduce(0) { $0 + $1.spokenWith.reduce(0) { $0 + $1.utterances } } / 2
        let talks = Conversation.all(in: run)
        #expect(exchanged > 0 && talks.reduce(0) { $0 + $1.utterances.count } == exchanged)
        // A word of everybody's vocabulary is heard, remembered and followed.
        let news = World.News(name: "n", about: "", startsWith: ["anna-berg", "bo-dahl", "cleo-eck"], words: [["bread"]])
        #expect(Diffusion(of: news, in: run).hops.map(\.to) == ["dan-fox"])
    }
}
