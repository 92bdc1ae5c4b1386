import ArgumentParser
import Studies

struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Answers beside the human baseline, over time, or beside another run.",
        discussion: """
            populace compare poll-1 --by party
            populace compare poll-1 --require 'skill>0.3'     exits 1 when unmet
            populace compare poll-1 --export csv > cells.csv
            populace compare poll-1 --influence               which kinds of facts move which answers
            populace compare poll-1 --diet --by reads         what reading does to the answers, article by article
            populace compare poll-1 poll-2 --judge            a model judges open answers
            """)

    @Argument(help: ArgumentHelp("One or two runs, with --judge two or more polls; 'latest' is the newest.", valueName: "run"))
    var runs: [String]

    @Option(help: ArgumentHelp("Also group by group, by a variable of the survey or by two crossed: party,sex.", valueName: "variable"))
    var by: String?

    @Option(help: ArgumentHelp("Questions to leave in, separated by commas.", valueName: "a,b"))
    var questions: String?

    @Option(help: ArgumentHelp("none, domain or persona-free; all that apply if left out.", valueName: "name"))
    var correct: String?

    @Option(help: ArgumentHelp("A condition on the overall summary: 'skill>0.3', 'similarity>=0.9'.", valueName: "condition"))
    var require: String?

    @Option(help: ArgumentHelp("csv: every cell as a row; json: everything.", valueName: "format"))
    var export: String?

    @Option(help: ArgumentHelp("Variables whose logit, fitted on other people, stands beside the model; 'party' where there is one, 'none' for none.", valueName: "a,b"))
    var yardstick: String?

    @Option(help: ArgumentHelp("Bootstrap repeats; 0 for none.", valueName: "n"))
    var bootstrap = 1000

    @Option(help: ArgumentHelp("Apply what a run of 'calibrate' chose; refuses what it was tuned on.", valueName: "run"))
    var calibration: String?

    @Flag(name: .customLong("held-out"), help: "With --calibration: leave out what it was tuned on.")
    var heldOut = false

    @Flag(help: "Leave out each thing that people were told in turn: which kinds of facts move which answers.")
    var influence = false

    @Flag(help: "Leave out each article that people read in turn, each source and all of it; --by groups people, as by 'reads'.")
    var diet = false

    @Flag(help: "Let a model judge, in pairs and both orders, which poll's answers to open questions are the more believable.")
    var judge = false

    @OptionGroup var models: ModelOptions
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard judge || (models.model == nil && models.seed == nil) else {
            throw ValidationError("--model and --seed are the judge's: add --judge")
        }
        guard influence || diet || !models.dryRun else {
            throw ValidationError("compare has --dry-run only with --influence or --diet")
        }
        guard !diet || (!judge && !influence && require == nil && calibration == nil && runs.count == 1) else {
            throw ValidationError("--diet takes one poll, and besides it --by, --questions and --correct")
        }
        guard !influence || (!judge && by == nil && require == nil && calibration == nil && runs.count == 1) else {
            throw ValidationError("--influence takes one poll, and besides it --questions and --correct")
        }
        guard calibration != nil || !heldOut else { throw ValidationError("--held-out needs --calibration") }
    }

    func run() async throws {
        try await Terminal.exiting {
            if influence { return try await traceInfluence() }
            if diet { return try await traceDiet() }
            let request = CompareStudy.Request(
                runs: runs, by: by, questions: questions?.split(separator: ",").map { $0.trimming() },
                correction: correct, require: require, bootstrap: bootstrap, judge: judge,
                yardstick: yardstick == "none" ? [] : yardstick?.split(separator: ",").map { $0.trimming() },
                calibration: calibration, heldOut: heldOut)
            let comparison = try await CompareStudy(environment: shared.environment(models)).compare(request)
            switch export {
            case nil: Terminal.print(shared.json ? comparison.json : comparison.text)
            case "csv": Terminal.print(comparison.csv)
            case "json": Terminal.print(comparison.json)
            case .some(let other): throw ValidationError("--export \(other) is unknown; it may be csv or json")
            }
            if let unmet = comparison.unmet {
                Terminal.note(unmet)
                throw ExitCode(1)
            }
        }
    }
}

extension CompareCommand {
    private func traceInfluence() async throws {
        guard export != "csv" else { throw ValidationError("--influence exports json") }
        let outcome = try await CompareStudy(environment: shared.environment(models)).influence(
            runs[0], questions: questions?.split(separator: ",").map { $0.trimming() }, correction: correct,
            dryRun: models.dryRun)
        Terminal.print(outcome.text(json: shared.json || export == "json"))
    }
}

extension CompareCommand {
    private func traceDiet() async throws {
        guard export != "csv" else { throw ValidationError("--diet exports json") }
        let outcome = try await CompareStudy(environment: shared.environment(models)).diet(
            runs[0], by: by, questions: questions?.split(separator: ",").map { $0.trimming() }, correction: correct,
            dryRun: models.dryRun)
        Terminal.print(outcome.text(json: shared.json || export == "json"))
    }
}

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "One self-contained HTML page about one or more runs.",
        discussion: "populace report poll-1 run-1 -o Results/demo.html")

    @Argument(help: ArgumentHelp("Runs; 'latest' is the newest.", valueName: "run"))
    var runs: [String]

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write the page.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Also group by group, by a variable of the survey or by two crossed: party,sex.", valueName: "variable"))
    var by: String?

    @Flag(help: "Also ask polls again with each thing that people were told left out: what moves which answers.")
    var influence = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await Terminal.exiting {
            let path = try await ReportStudy(environment: shared.environment()).report(
                runs: runs, by: by, influence: influence, output: output)
            Terminal.print(path)
        }
    }
}

struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "A run, a person, a moment, an occurrence, an answer or a model call: what, why, from which memories.",
        discussion: """
            populace show latest                    the newest run
            populace show run-1/rosa-delgado        a person: who they are, what they were told, remembered, answered
            populace show run-1#14                  an occurrence: what, from which call and memories, at what cost
            populace show 'run-1@day 1 09:00'       a moment: what happened, where everybody was
            populace show run-1/rosa-delgado/12     a memory: what it rests on, down to what was observed
            populace show poll-2/gss2018-7/natpark  an answer: how likely each option, from which memories and calls
            populace show 3f9a2c                    a completion, by the beginning of its key
            populace show poll-2/gss2018-7 --prompts   what a person of a panel was told, and every prompt
            populace show poll-2/gss2018-7 --influence which fact moves which of their answers
            populace show run-1#14 --influence      which memory moves what was done or said
            populace show poll-2 --probes           what moves its answers besides their content
            populace show run-1 --measures          what spread, who knows whom, who came, how plans were kept
            """)

    @Argument(help: ArgumentHelp("What to show; the list of runs if left out.", valueName: "id"))
    var id: String?

    @Flag(
        name: [.customLong("prompts"), .customLong("show-prompts")],
        help: "Print people's words and prompts whole.")
    var showPrompts = false

    @Flag(help: "Measure a run of a world: what spread, who knows whom, who came, how plans were kept.")
    var measures = false

    @Flag(help: "Probe a poll: order effect, letter prior, agreeing, likeness of answers to paraphrases.")
    var probes = false

    @Flag(help: "Of RUN/PERSON or RUN#NUMBER: leave out each thing told or remembered in turn, and ask again.")
    var influence = false

    @Option(help: ArgumentHelp("With --influence: calls in flight at once; never changes a result.", valueName: "n"))
    var jobs = 4

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await Terminal.exiting {
            var environment = shared.environment()
            environment.jobs = max(1, jobs)
            let study = ShowStudy(environment: environment, prompts: showPrompts)
            Terminal.print(
                try await study.show(id, measures: measures, probes: probes, influence: influence).text(json: shared.json))
        }
    }
}
