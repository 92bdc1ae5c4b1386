import Testing

@testable import Surveys

@Suite struct ComparerTests {
    /// A small generator of its own, so that the room needs no other.
    struct Counter: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 31)
        }
    }

    let question = Question(
        id: "q", ask: "?", scale: .ordinal,
        options: [.init(code: 1, text: "low"), .init(code: 2, text: "mid"), .init(code: 3, text: "high")])

    func people(_ counts: [Int], party: String = "A") -> [Respondent] {
        counts.enumerated().flatMap { option, count in
            (0..<count).map {
                Respondent(id: "\(party)\(option)-\($0)", variables: ["party": party], answers: ["q": .option(option)])
            }
        }
    }

    func comparer(_ humans: [Respondent], _ shares: [Double], personas: Int = 50) -> Comparer {
        let codebook = Codebook(
            id: "s", title: "S", variables: [Variable(name: "party", kind: .categories(["A", "B", "C"]))],
            questions: [question])
        return Comparer(
            codebook: codebook, questions: [question], humans: humans,
            people: (0..<personas).map {
                PersonAnswer(
                    persona: "p\($0)", respondent: humans[$0 % humans.count].id,
                    attributes: ["party": humans[$0 % humans.count].variables["party"] ?? ""], shares: ["q": shares])
            }, correction: "none", repeats: 200)
    }

    @Test func `answers equal to the humans' are at similarity one`() throws {
        var generator = Counter(state: 1)
        let result = comparer(people([20, 30, 50]), [0.2, 0.3, 0.5]).compare(by: nil, using: &generator)
        let cell = try #require(result.cells.first)
        #expect(near(cell.similarity.value, 1))
        #expect((cell.skill ?? 0) > 1)
        #expect(cell.human.count == 100 && cell.model.count == 50)
    }

    @Test func `uniform answers have no skill and the interval holds the estimate`() throws {
        var generator = Counter(state: 2)
        let third = 1.0 / 3
        let result = comparer(people([20, 30, 250]), [third, third, third]).compare(by: nil, using: &generator)
        let cell = try #require(result.cells.first)
        #expect(near(cell.skill, 0))
        #expect(near(cell.similarity.value, cell.mirrors.uniform))
        let (low, high) = (try #require(cell.similarity.low), try #require(cell.similarity.high))
        #expect(low < cell.similarity.value && cell.similarity.value < high && high - low < 0.2)
    }

    @Test func `groups nobody is in are left out, and each is compared with itself`() throws {
        var generator = Counter(state: 3)
        let humans = people([90, 5, 5]) + people([5, 5, 90], party: "B")
        let result = comparer(humans, [0.9, 0.05, 0.05], personas: 200).compare(by: "party", using: &generator)
        #expect(result.cells.map(\.group) == [nil, "A", "B"])
        #expect(near(result.cells[1].similarity.value, 1))
        #expect(result.cells[2].similarity.value < 0.2)
        #expect(result.summaries.map(\.group) == [nil, "A", "B"])
    }

    @Test func `the same seed gives the same intervals, and weights move the shares`() throws {
        var humans = people([50, 0, 50])
        for index in 0..<50 { humans[index].weight = 3 }
        var (first, second) = (Counter(state: 4), Counter(state: 4))
        let one = comparer(humans, [0.5, 0, 0.5]).compare(by: nil, using: &first)
        let two = comparer(humans, [0.5, 0, 0.5]).compare(by: nil, using: &second)
        #expect(one.cells == two.cells && one.summaries == two.summaries)
        #expect(near(one.cells[0].human.shares[0], 0.75))
        #expect(near(one.cells[0].human.effectiveSize, 80))
    }

    @Test func `resampling keeps clusters whole and strata their size`() throws {
        var humans = people([40, 0, 40])
        for index in humans.indices {
            humans[index].stratum = index < 40 ? "north" : "south"
            humans[index].cluster = "\(index / 10)"
        }
        var generator = Counter(state: 5)
        let tally = Tally(comparer(humans, [0.5, 0, 0.5]), variable: nil, groups: [])
        for _ in 0..<20 {
            let resample = tally.resample(using: &generator)
            // Each stratum answers alike, so a resample within strata always gives one half.
            #expect(resample.human(0, 0, tally) == [0.5, 0, 0.5])
        }
    }
}
