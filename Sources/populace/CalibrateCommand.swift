import ArgumentParser
import Studies

struct CalibrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Choose how to ask a panel and correct it on one part of the data; judge it on the rest.",
        discussion: """
            populace calibrate Personas/gss-adults.panel.yaml --by party
            populace calibrate Personas/gss-adults.panel.yaml --by party --methods words --ask-as bio,qa
            populace compare poll-2 --calibration calibrate-1 --held-out

            Questions and respondents are dealt in two parts. On the first, wording, correction, temperature, anchor and \
            shrinkage are chosen; the second, which nothing was chosen on, says how near the choice comes to people.
            """)

    @Argument(help: ArgumentHelp("A panel file.", valueName: "panel"), completion: .file())
    var panel: String

    @Option(help: ArgumentHelp("Group by group, by a variable of the survey or by two crossed: party,sex.", valueName: "variable"))
    var by: String?

    @Option(help: ArgumentHelp("Question ids, separated by commas; all that were not told if left out.", valueName: "a,b"))
    var questions: String?

    @Option(help: ArgumentHelp("words, letters, sample; words and letters if left out.", valueName: "a,b"))
    var methods: String?

    @Option(name: .customLong("ask-as"), help: ArgumentHelp("qa, bio, portray, interview; all if left out.", valueName: "a,b"))
    var askAs: String?

    @Option(help: "ordinal or nominal; the scale of more questions if left out.")
    var scale: String?

    @Option(help: ArgumentHelp("Part of questions and of respondents to choose on.", valueName: "part"))
    var share = 0.5

    @Option(help: ArgumentHelp("Of the one-sided tests on the rest.", valueName: "level"))
    var level = 0.05

    @OptionGroup var models: ModelOptions
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await Terminal.exiting {
            let request = CalibrateStudy.Request(
                panel: panel, by: by, questions: list(questions), methods: list(methods), askAs: list(askAs),
                scale: scale, share: share, level: level)
            let study = CalibrateStudy(environment: shared.environment(models))
            let outcome = models.dryRun ? try await study.estimate(request) : try await study.calibrate(request)
            Terminal.print(outcome.text(json: shared.json))
        }
    }
}

/// Names separated by commas; `nil` where nothing was given.
func list(_ text: String?) -> [String]? { text?.split(separator: ",").map { $0.trimming() } }
