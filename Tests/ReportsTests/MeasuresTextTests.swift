import Reports
import Testing

@testable import Reports

struct MeasuresTextTests {
    static func point(_ hour: Int, _ count: Int, _ share: Double?) -> TownMeasures.Point {
        .init(seconds: hour * 3600, time: "day \(hour / 24 + 1) \(hour % 24 < 10 ? "0" : "")\(hour % 24):00", count: count, share: share)
    }

    static func measures(world: String = "valentine", hostile: String? = nil) -> TownMeasures {
        TownMeasures(
            run: "run-1", world: hostile ?? world, residents: 25, from: "day 1 00:00", until: "day 2 23:00",
            news: [
                .init(
                    name: "party", about: hostile ?? "Isabella Rodriguez's Valentine's Day party at Hobbs Cafe",
                    started: ["isabella-rodriguez"],
                    points: [point(0, 1, 0.04), point(9, 2, 0.08), point(33, 3, 0.12), point(47, 3, 0.12)],
                    hops: [
                        .init(seconds: 32_400, time: "day 1 09:00", from: hostile ?? "isabella-rodriguez", to: "maria-lopez", occurrence: 14, way: "traced", overheard: false),
                        .init(seconds: 118_800, time: "day 2 09:00", from: nil, to: "klaus-mueller", occurrence: nil, way: "seen", overheard: false),
                    ],
                    claims: [.init(name: "traced", count: 5), .init(name: "worded", count: 2), .init(name: "hearsay", count: 0), .init(name: "unfounded", count: 1)],
                    gathering: .init(
                        place: "Hobbs Cafe", from: "day 2 17:00", until: "day 2 19:00", hosts: ["isabella-rodriguez"],
                        knew: ["isabella-rodriguez", "klaus-mueller", "maria-lopez"], invited: ["maria-lopez"],
                        came: ["isabella-rodriguez", "maria-lopez", "tom-moreno"], invitedCame: ["maria-lopez"], complete: true),
                    noGathering: nil),
                .init(
                    name: "candidacy", about: "Sam Moore is running for mayor", started: ["sam-moore"],
                    points: [point(0, 1, 0.04), point(47, 1, 0.04)], hops: [],
                    claims: ["traced", "worded", "hearsay", "unfounded"].map { .init(name: $0, count: 0) }, gathering: nil,
                    noGathering: "the news announces no gathering"),
            ],
            network: [point(0, 50, 50.0 / 300), point(1, 50, 50.0 / 300), point(24, 60, 0.2), point(47, 75, 0.25)],
            mutual: [point(0, 48, 0.16), point(1, 48, 0.16), point(24, 58, 58.0 / 300), point(47, 73, 73.0 / 300)],
            noDensity: nil,
            conduct: [
                .init("plan adherence", .share(0.613), note: "of planned waking time spent where the plan said"),
                .init("idle", .missing("nobody was awake")), .init("conversations", .count(41)),
                .init("calls per hour", .number(87.55, decimals: 1)),
            ],
            purposes: [.init(name: "plan", calls: 50, tokens: 25_000), .init(name: "speak", calls: 120, tokens: 90_000)])
    }

    @Test func `the measures of a run read as follows`() {
        let text = MeasuresText.rendered(Self.measures())
        #expect(text == Self.golden, "\(text)")
    }

    @Test func `no line is wider than the terminal, and none obeys hostile text`() {
        let hostile = "\u{1B}[2J\u{202E}<script>=cmd()\u{9B}\n東京"
        let text = MeasuresText.rendered(Self.measures(hostile: hostile))
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !isUnprintable($0) })
        for line in text.split(separator: "\n") { #expect(displayWidth(String(line)) <= 80, "\(line)") }
        for line in MeasuresText.rendered(Self.measures()).split(separator: "\n") { #expect(displayWidth(String(line)) <= 80, "\(line)") }
        let page = Self.page(Self.measures(hostile: hostile))
        #expect(!page.contains("<script"))
    }

    @Test func `the paper's figures stand beside ours for the paper's world alone`() {
        #expect(MeasuresText.rendered(Self.measures()).contains("0.167 -> 0.74"))
        #expect(!MeasuresText.rendered(Self.measures(world: "alder-creek")).contains("paper"))
        #expect(!Self.page(Self.measures(world: "alder-creek")).contains("Beside the paper"))
        let ours = PaperFigures.rows(Self.measures()).map(\.ours)
        #expect(ours == ["4% -> 4%", "4% -> 12%", "0.160 -> 0.243", "0.167 -> 0.250", "12.5% (1 of 8)", "1 of 1"])
    }

    @Test func `what there is no figure of is a dash with its reason, and null for machines`() {
        var measures = Self.measures()
        measures.noDensity = "a network of fewer than two residents has no density"
        #expect(MeasuresText.rendered(measures).contains("Network: none, a network of fewer than two"))
        #expect(Self.page(measures).contains("No density: a network"))
        let json = MeasuresText.json(measures).written(compact: true)
        #expect(json.contains("\"idle\": null"))
        #expect(json.contains("\"missing\": {\"idle\": \"nobody was awake\"}"))
        #expect(json.contains("\"from\": null, \"to\": \"klaus-mueller\""))
    }

    @Test func `the page draws each curve from its first share to its last`() {
        let page = Self.page(Self.measures())
        // All would be at the top, 8; 4% is at 8 + 0.96 * 120 = 123.2, 12% at 113.6. Hour 9 of 47 is at 36 + 9/47 * 280 = 89.6.
        #expect(page.contains("d=\"M36.0 123.2H89.6V118.4H232.6V113.6H316.0V113.6\""))
        #expect(page.contains("Residents who know it: 4% at day 1 00:00, 12% at day 2 23:00."))
        #expect(page.components("role=\"img\"") == 4)
        #expect(!page.contains("nan"))
        var empty = Self.measures()
        empty.news[0].points = []
        empty.network = []
        #expect(!Self.page(empty).contains("nan"))
    }

    private static func page(_ measures: TownMeasures) -> String {
        HTML.joined(MeasuresSection(measures: measures, id: "c1").content).markup
    }

    static let golden = """
        run-1: valentine, 25 residents, day 1 00:00 to day 2 23:00

        News: party. Isabella Rodriguez's Valentine's Day party at Hobbs Cafe
        Known to 1 of 25 (4%) at the start, to 3 (12%) at the end.
          since        who            from                by  how
          ───────────  ─────────────  ──────────────────  ──  ──────
          day 1 09:00  maria-lopez    isabella-rodriguez  14  traced
          day 2 09:00  klaus-mueller  (the world)          -  seen
        Utterances that carry it: 8 (5 traced, 2 worded, 0 hearsay, 1 unfounded);
        unfounded 12%.
        Attendance, Hobbs Cafe, day 2 17:00 to day 2 19:00: 3 came (isabella-rodriguez,
        maria-lopez, tom-moreno); 3 knew of it, 1 from the start; of 1 invited 1 came; 1
        came uninvited.

        News: candidacy. Sam Moore is running for mayor
        Known to 1 of 25 (4%) at the start, to 1 (4%) at the end.
        Utterances that carry it: 0.
        Attendance: none, the news announces no gathering.

        network      pairs  density  mutual pairs  mutual density  0 to 1
        ───────────  ─────  ───────  ────────────  ──────────────  ──────
        day 1 00:00     50    0.167            48           0.160  ██▋
        day 2 00:00     60    0.200            58           0.193  ███▎
        day 2 23:00     75    0.250            73           0.243  ████

        conduct
        ──────────────  ────  ────────────────────────────────────────────────
        plan adherence  61%   of planned waking time spent where the plan said
        idle            -     nobody was awake
        conversations   41
        calls per hour  87.5

        calls for  calls  tokens
        ─────────  ─────  ──────
        plan          50   25000
        speak        120   90000

        beside the paper         paper                           here
        ───────────────────────  ──────────────────────────────  ──────────────
        know of the candidacy    4% -> 32%                       4% -> 4%
        know of the party        4% -> 52% (first preprint 48%)  4% -> 12%
        network density, mutual  0.167 -> 0.74                   0.160 -> 0.243
        network density, either                                  0.167 -> 0.250
        hallucinated awareness   1.3% (6 of 453)                 12.5% (1 of 8)
        invited who came         5 of 12                         1 of 1
        Park et al. 2023, "Generative Agents", section 7.1: 25 residents, two days,
        gpt-3.5-turbo. They asked the residents in interviews; here their utterances and
        memories are followed. Their hallucinated awareness is of 453 answers about whom
        they know; ours is of the utterances that carry the news. Their network asks for
        mutual knowledge.

        """
}

extension String {
    fileprivate func components(_ part: String) -> Int { ranges(of: part).count }
}
