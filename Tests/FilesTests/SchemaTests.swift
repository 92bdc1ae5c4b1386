import Files
import Foundation
import Testing

@Test(arguments: [FileKind.world, .persona, .panel, .survey, .study, .experiment])
func `a schema lists the keys that the decoder knows`(kind: FileKind) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: repository + "/Schemas/\(kind.rawValue).schema.json"))
    let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    func keys(_ part: [String: Any]) -> [String] { ((part["properties"] as? [String: Any]) ?? [:]).keys.sorted() }
    #expect(try keys(schema) == #require(Keys(rawValue: kind.rawValue)).names.sorted())
    let parts = try #require(schema["$defs"] as? [String: [String: Any]])
    for (name, part) in parts {
        #expect(try keys(part) == #require(Keys(rawValue: name)).names.sorted())
        #expect(part["additionalProperties"] as? Bool == false)
    }
    let expected: [FileKind: [Keys]] = [
        .world: [
            .clock, .place, .resident, .event, .poll, .news, .gathering, .models, .choice, .prices, .budget, .memory, .weights,
            .planning, .conversation, .perception, .stop,
        ],
        .persona: [.seedMemory, .choice, .prices, .budget],
        .panel: [.draw, .sentence, .crossing, .choice, .prices, .budget],
        .experiment: [.decision, .choosable, .split, .comparison, .analysis, .game, .choice, .prices, .budget],
        .study: [.draw, .sentence, .choice, .prices, .budget, .figure, .sweep, .sweptModel],
        .survey: [.variable, .question, .option, .nonAnswers, .paraphrase, .opposite, .choice, .prices, .budget],
    ]
    #expect(parts.keys.sorted() == expected[kind]?.map(\.rawValue).sorted())
}
