import Foundation
import Surveys
@testable import SurveyFormats
import Testing

@Suite struct DraftTests {
    func draft(_ name: String) throws -> CodebookDraft {
        let (metadata, rows) = try Fixture.read(Fixture.path(name))
        var draft = CodebookDraft(metadata)
        for row in rows { draft.observe(row) }
        return draft
    }

    @Test func `a draft has the file's words, scales and kinds of no answer, and the rest as comments`() throws {
        let draft = try draft("survey.sav")
        #expect(draft.questions == ["natsci", "party", "trust"])
        let text = draft.text(name: "survey.sav", data: "Personas/data/survey.sav", checksum: "sha256:0")
        let expected = """
            survey: "A small survey"
            # source: who asked, and where the data come from
            # year: 2018
            # country: the United States
            data: "Personas/data/survey.sav"
            checksum: sha256:0
            respondent: ID
            # weight: wt   # looks like a weight: Post-stratification weight
            # strata: ...
            # cluster: ...

            # variables:                # what may be told of a respondent; whole numbers need their unit
            #   ID: units   # Respondent
            #   age: units   # Age in years
            #   wt: units   # Post-stratification weight
            #   born: units   # Born
            #   city: ["Köln", "São Paulo", "Zürich", "Århus"]   # City
            #   essay: text   # In your own words

            questions:
              natsci:
                ask: "Spending on science"
                scale: ordinal
                options:
                  1: "Too little"
                  2: "About right"
                  3: "Too much"
                no answer: { refused: [9], don't know: [8], not asked: [0] }
              party:
                ask: "Party"
                scale: nominal              # check: the file says nominal
                options:
                  1: "Left"
                  2: "Right"
                  3: "Green"
                  4: "Other"
                # check: -1 'Technical problem': its label does not say which
                no answer: { not asked: [-1] }
              trust:
                ask: "Trust in people, 1 to 10"
                scale: ordinal              # check: the file says scale
                options:
                  1: "Nobody"
                  2: "2"   # check: no label in the file
            """
        #expect(text.contains(expected), "\(text)")
        #expect(text.hasSuffix("      10: \"Everybody\"\n    no answer: { refused: [99] }\n"))
    }

    @Test func `a draft names tagged missing values`() throws {
        let text = try draft("survey.dta").text(name: "survey.dta", data: "survey.dta", checksum: "sha256:0")
        #expect(text.contains("no answer: { refused: [\".r\"], don't know: [\".d\"], not asked: [\".i\"] }"), "\(text)")
        // Stata declares nothing missing but tags: the label's words are taken, and the reader told to check.
        #expect(text.contains("# check: 99 'Refused': the file does not declare it missing\n    no answer: { refused: [99] }"), "\(text)")
    }

    @Test(arguments: [
        ("Refused", true, "refused"), ("NO ANSWER", true, "refused"), ("DON'T KNOW", true, "don't know"), ("Don’t know", false, "don't know"),
        ("IAP", true, "not asked"), ("Not asked in this wave", false, "not asked"), ("(VOL) Can't choose", true, "don't know"),
        ("Undecided", false, nil), ("Technical problem", true, nil), ("Not sure", false, nil), ("Too little", false, nil),
    ] as [(String, Bool, String?)])
    func `words of missing labels are sorted`(label: String, declared: Bool, kind: String?) {
        #expect(NonAnswerWords.kind(of: label, declared: declared)?.rawValue == kind)
    }

    @Test func `hostile labels stay one quoted line`() throws {
        var metadata = SurveyMetadata(format: .sav, label: "a\nquestions: {}\u{202E}", variables: [])
        metadata.variables = [
            SurveyVariable(
                name: "n", label: "x\"\n  y: [", kind: .number, measure: .nominal,
                labels: [.init(cell: "1", text: "\\\"\r\n# "), .init(cell: "2", text: "ok")], missing: [], missingTexts: [])
        ]
        let text = CodebookDraft(metadata).text(name: "a\nb.sav", data: "d", checksum: "c")
        #expect(text.contains("survey: \"a questions: {} \"\n"))
        #expect(text.contains("  \"n\":\n    ask: \"x\\\"   y: [\"\n"))
        #expect(text.contains("      1: \"\\\\\\\"  # \"\n"))
        #expect(!text.contains("\r") && text.contains("from a b.sav by"))
    }

    @Test func `respondents of a data file are those of its CSV file, and missing kinds stay three things`() throws {
        let codebook = Codebook(
            id: "survey", title: "A small survey", data: "x", respondent: "ID", weight: "wt",
            variables: [.init(name: "age", kind: .number(unit: "years"))],
            questions: [
                Question(
                    id: "natsci", ask: "?", scale: .ordinal, options: (1...3).map { AnswerOption(code: $0, text: "\($0)") },
                    nonAnswers: .codes(refused: [9, -2_000_018], dontKnow: [8, -2_000_004], notAsked: [0, -2_000_009]))
            ])
        #expect(MissingTag.code(".r") == -2_000_018 && MissingTag.text(-2_000_018) == ".r" && MissingTag.code("._") == -2_000_027)
        #expect((-2_000_027 ... -2_000_001).allSatisfy { MissingTag.code(MissingTag.text($0)) == $0 } && MissingTag.text(8) == "8")
        let (expected, none) = codebook.respondents(from: try Fixture.table("survey.csv"))
        #expect(none.isEmpty && expected.count == 40)
        for name in ["survey.sav", "survey.zsav", "survey.dta"] {
            let wanted = RespondentReader.columns(of: codebook)
            let (metadata, rows) = try Fixture.read(Fixture.path(name), columns: wanted)
            var reader = RespondentReader(codebook, header: metadata.variables.map(\.name).filter(wanted.contains))
            let people = rows.enumerated().compactMap { reader.read($1, line: $0 + 1) }
            #expect(reader.mismatches.isEmpty)
            #expect(people == expected, "\(name)")
        }
        let answers = expected.prefix(9).map { $0.answers["natsci"] }
        #expect(answers == [.option(0), .option(1), .option(2), .dontKnow, .refused, .missing, .option(1), .option(0), nil])
    }
}
