import Surveys
import Testing

@Suite struct `crossing two attributes` {
    private let codebook = Codebook(
        id: "s", title: "S",
        variables: [
            Variable(name: "party", kind: .coded([.init(code: "2", text: "Left"), .init(code: "1", text: "Right")])),
            Variable(name: "sex", kind: .categories(["Male", "Female"])),
        ], questions: [])
    private let people = [["party": "1", "sex": "Male"], ["party": "2", "sex": "Female"], ["party": "2"]]
        .enumerated().map { Respondent(id: "\($0)", variables: $1) }

    @Test func `names cells in the order of the first, then the second, and nobody with a gap`() throws {
        let crossed = try #require(codebook.adding(crossingOf: ["party", "sex"], among: people))
        #expect(crossed.groups(of: "party x sex", among: people).isEmpty)
        let cells = people.map { codebook.cell(crossing: ["party", "sex"], of: $0.variables) }
        #expect(cells == ["Right x Male", "Left x Female", nil])
        let placed = zip(people, cells).map { person, cell in
            var person = person
            person.variables["party x sex"] = cell
            return person
        }
        #expect(crossed.groups(of: "party x sex", among: placed) == ["Left x Female", "Right x Male"])
        #expect(codebook.adding(crossingOf: ["party", "age"], among: people) == nil)
    }
}
