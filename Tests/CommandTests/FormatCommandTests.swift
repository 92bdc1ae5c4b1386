import Foundation
import Testing

@Suite struct FormatCommandTests {
    static let fixtures = Command.root.appending(path: "Tests/SurveyFormatsTests/Fixtures")

    func command(_ names: String...) throws -> Command {
        let command = try Command()
        for name in names {
            try FileManager.default.copyItem(
                at: Self.fixtures.appending(path: name), to: command.folder.appending(path: "Personas/data/\(name)"))
        }
        return command
    }

    @Test(arguments: ["survey.sav", "survey.zsav", "survey.dta"])
    func `a data file's draft codebook loads and imports as it is`(name: String) throws {
        let command = try command(name)
        let draft = try command.run("import", "Personas/data/\(name)", "--write-codebook", "Personas/my.survey.yaml")
        #expect(draft.status == 0, "\(draft.errors)")
        #expect(
            draft.output
                == "Personas/my.survey.yaml: 3 questions drafted from Personas/data/\(name); check it, then: populace import Personas/my.survey.yaml\n")
        let imported = try command.run("import", "Personas/my.survey.yaml", "--db", command.database)
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(imported.output == "my: A small survey, 40 respondents, 3 questions, without weights\n")
        let again = try command.run("import", "Personas/my.survey.yaml", "--db", command.database)
        #expect(again.output == "my: A small survey, 40 respondents, 3 questions, without weights (was there already)\n")
        let over = try command.run("import", "Personas/data/\(name)", "--write-codebook", "Personas/my.survey.yaml")
        #expect(over.status == 64 && over.errors.contains("a draft never replaces a file"))
    }

    @Test func `a truncated data file is a diagnostic, exit 64, and nothing is written`() throws {
        let command = try command("survey.sav")
        let place = command.folder.appending(path: "Personas/data/survey.sav")
        try Data(contentsOf: place).prefix(3000).write(to: place)
        let draft = try command.run("import", "Personas/data/survey.sav", "--write-codebook", "Personas/my.survey.yaml")
        #expect(draft.status == 64)
        #expect(draft.errors.hasPrefix("Personas/data/survey.sav:1:1: error: the file is damaged"), "\(draft.errors)")
        #expect(!FileManager.default.fileExists(atPath: command.folder.appending(path: "Personas/my.survey.yaml").path))
    }

    @Test func `a data file that is not its codebook's, or no longer fits it, imports nobody`() throws {
        let command = try command("survey.sav")
        #expect(try command.run("import", "Personas/data/survey.sav", "--write-codebook", "Personas/my.survey.yaml").status == 0)
        let file = command.folder.appending(path: "Personas/my.survey.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try text.replacing("no answer: { refused: [9], don't know: [8], not asked: [0] }", with: "no answer: { refused: [9] }")
            .write(to: file, atomically: true, encoding: .utf8)
        let unfit = try command.run("import", "Personas/my.survey.yaml", "--db", command.database)
        #expect(unfit.status == 64)
        #expect(
            unfit.errors.contains("Personas/data/survey.sav: error: row 4: column 'natsci': the code '8' is none of 1, 2, 3\n"),
            "\(unfit.errors)")
        try Data(text.utf8).write(to: file)
        let fits = try command.run("import", "Personas/my.survey.yaml", "--db", command.database)
        #expect(fits.status == 0 && !fits.output.contains("was there already"), "\(fits.output)\(fits.errors)")
        var data = try Data(contentsOf: command.folder.appending(path: "Personas/data/survey.sav"))
        data[data.count - 1] ^= 1
        try data.write(to: command.folder.appending(path: "Personas/data/survey.sav"))
        let other = try command.run("import", "Personas/my.survey.yaml", "--db", command.database)
        #expect(other.status == 64 && other.errors.contains("the file's checksum is"))
    }

    @Test func `tagged missing values can be named in a codebook and are printed back`() throws {
        let command = try command("survey.dta")
        #expect(try command.run("import", "Personas/data/survey.dta", "--write-codebook", "Personas/my.survey.yaml").status == 0)
        let expanded = try command.run("validate", "--expanded", "Personas/my.survey.yaml")
        #expect(expanded.output.contains("don't know:\n        - \".d\""), "\(expanded.output)")
    }
}
