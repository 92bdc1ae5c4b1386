internal import Agents
internal import LanguageModels
internal import Surveys

extension Loaded where Value == Replication {
    /// The file with every default spelled out; reads back as the same value.
    public var expanded: String {
        var entries: [(String, YAMLValue)] = [
            ("study", .text(value.title)), ("source", .text(value.source)), ("design", .word(value.design.rawValue)),
            ("from", .text(value.panel.survey)), ("people", .number(value.panel.size)),
        ]
        entries += drawing(value.panel)
        entries += [
            ("questions", .texts(value.questions)), ("ask as", .texts(value.shapes.map(\.rawValue))),
            ("method", .word(value.method.rawValue)),
        ]
        if let statement = value.statement { entries.append(("statement", .text(statement))) }
        if let by = value.by { entries.append(("by", .text(by))) }
        entries.append(("yardstick", .texts(value.yardstick)))
        entries.append(("paper", .list(value.paper.map { figure in
            .map([
                ("statistic", .text(figure.statistic)), ("of", .text(figure.of)), ("value", .number(figure.value)),
                ("from memory", .word(figure.fromMemory ? "true" : "false")),
                ("people", .word(figure.ofPeople ? "true" : "false")),
            ])
        })))
        return YAMLValue.map(entries + [("differs", .texts(value.differs)), ("model", models.speaker.yaml)]).printed
    }
}
