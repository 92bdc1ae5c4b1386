import Reports
import Surveys
import Testing

struct ComparisonTextTests {
    @Test func `a comparison reads as follows`() {
        let cells = SampleReport.corrections.map { SampleReport.cell("natsci", correction: $0) }
        let summaries = SampleReport.corrections.enumerated().map {
            SampleReport.summary(0.4 + 0.21 * Double($0), correction: $1, skill: -1.5 + Double($0))
        } + [SampleReport.summary(0.33, group: "independent"), SampleReport.summary(0.43, group: "strong democrat")]
        let text = ComparisonText.rendered(summaries: summaries, cells: cells)
        #expect(text == golden, "\(text)")
    }

    @Test func `no line is wider than the terminal, and none obeys hostile text`() {
        let hostile = "\u{1B}[2J\u{202E}<script>=cmd()\u{9B}\n東京"
        let text = ComparisonText.rendered(
            summaries: SampleReport.summaries + [SampleReport.summary(0.5, group: hostile, correction: hostile)],
            cells: SampleReport.cells + [SampleReport.cell(hostile, group: hostile, correction: hostile, options: [hostile, "b", "c"])],
            everyGroup: true)
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || (!("\u{0}"..."\u{1F}").contains($0) && $0 != "\u{202E}" && $0 != "\u{9B}") })
        for line in text.split(separator: "\n") { #expect(displayWidth(String(line)) <= 80, "\(line)") }
    }

    @Test func `the headline follows the interval, not the wish`() {
        func verdict(_ value: Double, _ half: Double, skill: Double? = 0.5) -> String {
            var summary = SampleReport.summary(value, skill: skill)
            summary.similarity = SampleReport.estimate(value, half)
            return ComparisonHeadline.paragraphs([summary])[0]
        }
        #expect(verdict(0.6, 0.05).hasSuffix("farther from people than answers at random."))
        #expect(verdict(0.8, 0.05).hasSuffix("not distinguishable from answers at random."))
        #expect(verdict(0.87, 0.02).hasSuffix("50% of the way from answers at random to a second sample of people."))
        #expect(verdict(0.95, 0.02).hasSuffix("within sampling noise of a second sample of people."))
        #expect(verdict(0.87, 0.3).hasSuffix("not distinguishable from answers at random."))
        #expect(verdict(0.87, 0.02, skill: nil).hasSuffix("closer to people than answers at random."))
        #expect(ComparisonHeadline.paragraphs([]) == ["Nothing could be compared: no question has answers on both sides."])
    }

    @Test func `the headline quotes the first correction and warns of the one that removes base rates`() {
        let paragraphs = ComparisonHeadline.paragraphs(SampleReport.summaries, cells: SampleReport.cells)
        #expect(paragraphs[0].contains("correction none"))
        #expect(paragraphs[1].contains("Least like its people: strong democrat (0.330, n 1154, m 100)"))
        #expect(paragraphs[1].contains("Giving everybody the commonest human answer would score higher, 0.810."))
        #expect(paragraphs[2].contains("1 nominal item, correction none"))
        #expect(paragraphs.last?.contains("removes base rates") == true)
    }
}

private let golden = """
    On 7 ordinal items, correction none, the model's answers score 0.400 (95%
    interval 0.360 to 0.440) where 1 is the people's own shares: farther from people
    than answers at random.

    Answers at random score 0.780; a second sample of people of these sizes would
    score about 0.960, 0.560 above the model; skill -1.50 (0 random, 1 noise floor).
    Giving everybody the commonest human answer would score higher, 0.810. With
    other corrections: domain 0.610, persona-free 0.820. Least like its people:
    independent (0.330, n 1154, m 100); most: strong democrat (0.430).

    The correction persona-free shows how answers move between persons, centred on
    uniform: it removes base rates, so its level is not evidence of fidelity.

    ordinal items: 7   similarity: 1 - WD/range   n 1154, n_eff 812, m 100
                         similarity  95% interval    skill  0 to 1
    ───────────────────  ──────────  ──────────────  ─────  ────────────────────────
    model, none               0.400  [0.360, 0.440]  -1.50  █████████▋
    model, domain             0.610  [0.570, 0.650]  -0.50  ██████████████▋
    model, persona-free       0.820  [0.780, 0.860]   0.50  ███████████████████▋
    noise floor               0.960                         ███████████████████████
    split half                0.980                         ███████████████████████▌
    drawn people              0.955                         ██████████████████████▉
    modal answer              0.810                         ███████████████████▌
    uniform answers           0.780                         ██████████████████▊
    Intervals with the items resampled too: none [0.310, 0.490], domain [0.520,
    0.700], persona-free [0.730, 0.910]

    ordinal items by group, similarity by correction; whole: everybody's shares
                    n  n_eff    m   none  domain  persona-fr…  floor  whole  uniform
    ───────────  ────  ─────  ───  ─────  ──────  ───────────  ─────  ─────  ───────
    independent  1154    812  100  0.330       -            -  0.960      -    0.780
    strong dem…  1154    812  100  0.430       -            -  0.960      -    0.780

    natsci (ordinal)
                            people      none       domain     persona-free
    ──────────────────────  ──────────  ─────────  ─────────  ────────────
    Too little               60% ████▎   20% █▍     20% █▍     20% █▍
    About the right amount   30% ██▏     30% ██▏    30% ██▏    30% ██▏
    Too much                 10% ▊       50% ███▌   50% ███▌   50% ███▌
    similarity: none 0.600 [0.550, 0.650], domain 0.600 [0.550, 0.650], persona-free
    0.600 [0.550, 0.650]; floor 0.960, uniform 0.780; n 1154, n_eff 812, m 100

    """
