import Agents
import Foundation
import Kernel
import LanguageModels
import Testing

private func at(_ hour: Int, _ minute: Int = 0, day: Int = 1) -> SimulationTime { SimulationTime(day: day, hour: hour, minute: minute) }
private func step(_ from: SimulationTime, _ what: String, place: String = "Hall") -> DayPlan.Step {
    .init(from: from, until: from + .minutes(1), place: place, what: what)
}

@Suite struct `a plan` {
    @Test func `never overlaps itself, and each step ends where the next begins`() {
        let plan = DayPlan([step(at(6), "wake"), step(at(12), "eat"), step(at(9), "go back"), step(at(18), "rest")], until: at(22))
        #expect(plan.strokes.map(\.what) == ["wake", "eat", "rest"])
        #expect(plan.strokes.map(\.until) == [at(12), at(18), at(22)])
    }

    @Test func `never exceeds 24 hours, whatever it says`() {
        let plan = DayPlan([step(at(6), "wake"), step(at(5, day: 2), "late"), step(at(7, day: 2), "next day")], until: at(20, day: 3))
        #expect(plan.strokes.map(\.what) == ["wake", "late"])
        #expect(plan.until == at(6, day: 2))
    }

    @Test func `is carried over midnight by who sleeps late`() throws {
        let text = """
            [{"from":"18:00","where":"Hall","do":"cook"},{"from":"22:30","where":"Hall","do":"dance"},\
            {"from":"01:30","where":"Hall","do":"walk home"}]
            """
        let steps = try #require(PlanText.parsed(text, from: at(17), until: at(3, day: 2), places: ["Hall"], least: 3))
        let plan = DayPlan(steps, until: at(3, day: 2))
        #expect(plan.strokes.map(\.from) == [at(18), at(22, 30), at(1, 30, day: 2)])
        #expect(plan.current(at: at(0, 15, day: 2))?.what == "dance" && plan.current(at: at(2, day: 2))?.what == "walk home")
        #expect(plan.current(at: at(3, day: 2)) == nil)
    }

    @Test func `is the finest there is for the moment, and its first step before its time`() throws {
        let hours = try #require(
            PlanText.parsed(
                #"[{"from":"09:00","where":"Hall","do":"open"},{"from":"10:00","where":"Café","do":"sell"}]"#, from: at(9),
                until: at(11), places: ["Hall", "Café"], least: 1))
        #expect(hours.map(\.place) == ["Hall", "Café"])
        let plan = DayPlan([step(at(9), "work"), step(at(11), "eat")], until: at(20))
        #expect(plan.current(at: at(8))?.what == "work")
        #expect(plan.hour(at: at(9, 30))?.what == "work")
    }

    @Test func `in minutes fills its hour, and changes only things that are there`() throws {
        let hour = DayPlan.Step(from: at(9), until: at(10), place: "Kitchen", what: "cook")
        let text = """
            [{"minutes":10,"do":"light the stove","with":"stove","now":"on."},{"minutes":15,"do":"stir","with":"moon","now":"full"},\
            {"minutes":5,"do":"taste","with":"stove","now":"..."},{"minutes":60,"do":"sleep"}]
            """
        let steps = try #require(PlanText.parsed(text, minutesOf: hour, objects: ["stove"]))
        #expect(steps.map(\.from) == [at(9), at(9, 10), at(9, 25)])
        #expect(steps.map(\.object) == ["stove", nil, nil] && steps[0].state == "on")
        #expect(steps.allSatisfy { $0.place == "Kitchen" })
        for wrong in ["", "[]", "{}", #"[{"minutes":"ten","do":"x"}]"#] {
            #expect(PlanText.parsed(wrong, minutesOf: hour, objects: []) == nil)
        }
    }

    @Test(arguments: [5, 10, 25, 60]) func `in minutes has a grammar for every length`(_ minutes: Int) async throws {
        let hour = DayPlan.Step(from: at(9), until: at(9) + .minutes(minutes), place: "Kitchen", what: "cook")
        for objects in [[], ["stove", "the \"good\" knife"]] {
            for seed in UInt64(1)...20 {
                let request = TextRequest(
                    prompt: Prompt(form: .plain, segments: []), purpose: "minutes", maximumTokens: 300, seed: seed,
                    grammar: PlanText.grammar(objects: objects, minutes: minutes))
                guard case .text(let text, _) = try await ScriptedModel().respond(to: .text(request)).response else {
                    Issue.record("no text")
                    return
                }
                let steps = try #require(PlanText.parsed(text, minutesOf: hour, objects: objects), "\(text)")
                #expect(steps.last?.from ?? at(0) < hour.until)
            }
        }
    }

    @Test func `of the hours and of what is left of a day has a grammar whose every text is read`() async throws {
        for (from, until) in [(at(6), at(22)), (at(20, 10), at(22)), (at(21, 50), at(22)), (at(15), at(2, day: 2))] {
            for seed in UInt64(1)...20 {
                for hourly in [false, true] {
                    let grammar = hourly
                        ? PlanText.grammar(places: ["A", "B's"], hoursFrom: from, until: until)
                        : PlanText.grammar(places: ["A", "B's"], from: from, until: until)
                    let request = TextRequest(
                        prompt: Prompt(form: .plain, segments: []), purpose: "plan", maximumTokens: 300, seed: seed, grammar: grammar)
                    guard case .text(let text, _) = try await ScriptedModel().respond(to: .text(request)).response else {
                        Issue.record("no text")
                        return
                    }
                    let steps = try #require(PlanText.parsed(text, from: from, until: until, places: ["A", "B's"], least: 1), "\(text)")
                    #expect(steps.allSatisfy { $0.from >= from && $0.from < until })
                }
            }
        }
    }
}
