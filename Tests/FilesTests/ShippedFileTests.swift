import Agents
import Files
import Foundation
import Surveys
import Testing
import Worlds

/// The study files of a folder and of the folders in it, from the repository.
private func shipped(_ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: repository + "/" + folder).filter { $0.hasSuffix(".yaml") }.sorted()
        .map { folder + "/" + $0 }
}

@Test func `every shipped file loads, and its expansion is the same value`() throws {
    let files = StudyFiles(allowedPaths: [repository])
    let study = try Study()
    for folder in ["Worlds", "Personas"] {
        try FileManager.default.removeItem(atPath: study.path(folder))
        try FileManager.default.copyItem(atPath: repository + "/" + folder, toPath: study.path(folder))
    }
    var seen: Set<FileKind> = []
    for name in try shipped("Worlds") + shipped("Personas") {
        let path = repository + "/" + name
        let kind = try files.kind(of: path)
        seen.insert(kind)
        let target = study.path(name)
        func rewrite(_ text: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: target)) }
        switch kind {
        case .world:
            let loaded = try files.loadWorld(path)
            try rewrite(loaded.expanded)
            let again = try files.loadWorld(target)
            #expect(again.value == loaded.value && again.models == loaded.models)
        case .persona:
            let loaded = try files.loadPersona(path)
            try rewrite(loaded.expanded)
            #expect(try files.loadPersona(target).value == loaded.value)
        case .panel:
            let loaded = try files.loadPanel(path)
            try rewrite(loaded.expanded)
            #expect(try files.loadPanel(target).value == loaded.value)
        case .survey:
            let loaded = try files.loadSurvey(path)
            try rewrite(loaded.expanded)
            var again = try files.loadSurvey(target).value.codebook
            // Places on the scale are spelled out in the expansion.
            for index in again.questions.indices where again.questions[index].scale == .ordinal {
                #expect(again.questions[index].positions == loaded.value.codebook.questions[index].positions)
                again.questions[index].options = loaded.value.codebook.questions[index].options
            }
            #expect(again == loaded.value.codebook)
        case .study:
            let loaded = try files.loadStudy(path)
            try rewrite(loaded.expanded)
            #expect(try files.loadStudy(target).value == loaded.value)
        case .experiment:
            let loaded = try files.loadExperiment(path)
            try rewrite(loaded.expanded)
            let again = try files.loadExperiment(target)
            #expect(again.value == loaded.value && again.models == loaded.models)
        }
    }
    #expect(seen == [.world, .persona, .panel, .survey, .study, .experiment])
}

@Test func `the shipped surveys hold the real items`() throws {
    let files = StudyFiles()
    let gss = try files.loadSurvey(repository + "/Personas/gss2018.survey.yaml").value.codebook
    #expect(gss.questions.count == 25)
    #expect(gss.questions.filter { $0.caution != nil }.count == 11)
    for question in gss.questions {
        #expect(question.say != nil && question.options.allSatisfy { $0.fills != nil } && !question.ask.contains("["))
        #expect(question.options.map(\.code) == (question.id.hasPrefix("ab") ? [1, 0] : [1, 2, 3]))
    }
    let header = try String(contentsOfFile: repository + "/Personas/data/gss2018.csv", encoding: .utf8).prefix { !$0.isNewline }
    let columns = header.split(separator: ",").map(String.init)
    for name in gss.questions.map(\.id) + gss.variables.map(\.name) { #expect(columns.contains(name)) }
    #expect(gss.variable("partyid7")?.words(for: "0") == "strong Democrat")
    let ces = try files.loadSurvey(repository + "/Personas/ces2011.survey.yaml").value.codebook
    #expect(ces.weight == "weight" && ces.stratum == "province")
    #expect(ces.variable("province")?.words(for: "ON") == "Ontario")
}

@Test func `every template loads beside the others`() throws {
    let study = try Study([
        "Worlds/w.yaml": #require(Templates.text(.world)), "Personas/someone.yaml": #require(Templates.text(.persona)),
        "Personas/questions.survey.yaml": #require(Templates.text(.survey)),
    ])
    let world = try StudyFiles().loadWorld(study.path("Worlds/w.yaml"))
    #expect(world.value.residents[0].persona.name == "Someone Else")
    #expect(world.value.polls[0].questions == ["bakery"])
    // What is commented out between the sections is a file's text too.
    let comments = ["news:", "  ", "without:", "planning:", "conversation:"].map { "# " + $0 }
    let lines = try #require(Templates.text(.world)).split(separator: "\n", omittingEmptySubsequences: false)
    let whole = lines.map { line in comments.contains(where: line.hasPrefix) ? line.dropFirst(2) : line }.joined(separator: "\n")
    try study.write("Worlds/whole.yaml", Data(whole.utf8))
    let full = try StudyFiles().loadWorld(study.path("Worlds/whole.yaml")).value
    #expect(full.news.map(\.name) == ["closing"] && full.without == [.reflection])
    try FileManager.default.removeItem(atPath: study.path("Personas"))
    try FileManager.default.copyItem(atPath: repository + "/Personas", toPath: study.path("Personas"))
    try study.write("Personas/p.panel.yaml", Data(#require(Templates.text(.panel)).utf8))
    #expect(try StudyFiles().loadPanel(study.path("Personas/p.panel.yaml")).value.heldOut == ["natsci"])
    try study.write("Worlds/e.yaml", Data(#require(Templates.text(.experiment)).utf8))
    #expect(try StudyFiles().loadExperiment(study.path("Worlds/e.yaml")).value.cells.map(\.label) == ["neutral", "gift", "tax"])
}
