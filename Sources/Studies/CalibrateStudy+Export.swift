import Agents
import Files
import LanguageModels
import Reports
import Surveys

extension CalibrateStudy {
    static func json(_ found: Found, _ prepared: PollStudy.Prepared) -> JSONValue {
        let report = found.report
        var notBetter: [String] = []
        if case .noImprovementFound(let others) = report.verdict { notBetter = others }
        let choice = report.choice
        return .object([
            .init("run", .string(found.run)), .init("people", .integer(prepared.personas.count)),
            .init("calls", .integer(found.meter.calls)), .init("recorded", .integer(found.meter.hits)),
            .init("tokens", .integer(found.meter.usage.total)), .init("notes", JSONValue(prepared.notes)),
            .init("scale", .string(report.scale.rawValue)), .init("candidates", JSONValue(found.candidates)),
            .init("tried", .integer(report.tried)),
            .init(
                "choice",
                .object([
                    .init("candidate", .string(choice.candidate)), .init("temperature", .number(choice.temperature)),
                    .init("anchor", .string(choice.anchor.rawValue)), .init("pull", .number(choice.pull)),
                    .init("priorSize", .number(choice.priorSize)),
                ])),
            .init("calibrationQuestions", JSONValue(report.calibrationQuestions)),
            .init("calibrationRespondents", .integer(report.calibrationRespondents)),
            .init("heldOutQuestions", JSONValue(report.heldOutQuestions)),
            .init("heldOutRespondents", .integer(report.heldOutRespondents)), .init("level", .number(report.level)),
            .init("improvement", .bool(report.verdict == .improvement)), .init("notBetterThan", JSONValue(notBetter)),
            .init("beatsMarginal", .bool(report.beatsMarginal)), .init("worse", JSONValue(report.worse)),
            .init("certainlyWorse", JSONValue(report.certainlyWorse)), .init("leftOut", JSONValue(report.leftOut)),
            .init("overall", json(report.overall)), .init("groups", .array(report.groups.map(json))),
        ])
    }

    private static func json(_ row: CalibrationReport.Row) -> JSONValue {
        .object([
            .init("group", JSONValue(row.group)), .init("raw", .number(row.raw)),
            .init("calibrated", .number(row.calibrated)), .init("uniform", .number(row.uniform)),
            .init("anchor", .number(row.anchor)), .init("marginal", JSONValue(row.marginal)),
            .init("noiseFloor", .number(row.noiseFloor)),
            .init(
                "closed",
                row.closed.map {
                    .object([
                        .init("value", .number($0.value)), .init("low", JSONValue($0.low)), .init("high", JSONValue($0.high)),
                    ])
                } ?? .null),
            .init("overRaw", json(row.overRaw)), .init("overUniform", json(row.overUniform)),
            .init("overAnchor", json(row.overAnchor)), .init("overMarginal", row.overMarginal.map(json) ?? .null),
            .init("humans", .integer(row.humanCount)), .init("humanEffectiveSize", .number(row.humanEffectiveSize)),
            .init("modelEffectiveSize", .number(row.modelEffectiveSize)),
        ])
    }

    static func json(_ gain: HeldOutGain) -> JSONValue {
        .object([
            .init("value", .number(gain.value)), .init("low", JSONValue(gain.low)), .init("high", JSONValue(gain.high)),
            .init("p", JSONValue(gain.p)),
        ])
    }
}
