import ArgumentParser
import Studies

struct PollCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "poll", abstract: "Ask a person, a panel, or the residents of a run, the questions of a survey.",
        discussion: """
            populace poll Personas/gss-adults.panel.yaml --questions natsci,natpark
            populace poll Personas/rosa-delgado.yaml --survey Personas/gss2018.survey.yaml
            populace poll Personas/gss-adults.panel.yaml --questions natsci --method letters --probe
            populace poll run-1 --survey Personas/alder-creek.survey.yaml
            populace poll run-1 --survey Worlds/believability.survey.yaml --without reflection
            populace poll Personas/alder-creek-readers.panel.yaml --survey Personas/alder-creek.survey.yaml \
              --as-of 2026-02-24..2026-03-04         as articles appear
            """)

    @Argument(help: ArgumentHelp("A persona or panel file, or a run.", valueName: "whom"), completion: .file())
    var whom: String

    @Option(help: ArgumentHelp("A survey file; a panel's own if left out.", valueName: "file"), completion: .file())
    var survey: String?

    @Option(help: ArgumentHelp("Question ids, separated by commas; all of the survey's if left out.", valueName: "a,b"))
    var questions: String?

    @Option(help: "letters, words, sample, or interview for open questions; words where the question has a statement, else letters, if left out.")
    var method: String?

    @Option(help: ArgumentHelp("Answers drawn for each person and question; sample only.", valueName: "n"))
    var repeats = 1

    @Option(name: .customLong("ask-as"), help: "How the persona is told: qa, bio, portray or interview.")
    var askAs: String?

    @Option(
        help: ArgumentHelp(
            "Ask residents of a run without their reflection, planning or observation, others without 'reading'; may be repeated.",
            valueName: "kind"))
    var without: [String] = []

    @Option(
        help: ArgumentHelp("Order of a panel's backstories: 'as written', reversed or shuffled.", valueName: "order"))
    var order: String?

    @Flag(help: "Ask the codebook's other wordings too, and print what moves answers besides their content.")
    var probe = false

    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            "The day by which people have read what 'reads:' says; two with '..' between ask on each day.", valueName: "day"))
    var asOf: String?

    @Option(help: ArgumentHelp("With two days: how long between two polls, '2 days'.", valueName: "span"))
    var every: String?

    @OptionGroup var models: ModelOptions
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await Terminal.exiting {
            var request = PollStudy.Request(
                whom: whom, survey: survey,
                questions: questions?.split(separator: ",").map { $0.trimming() }, method: method, repeats: repeats,
                askAs: askAs, without: without.flatMap { $0.split(separator: ",").map { $0.trimming() } },
                order: order, probe: probe)
            (request.asOf, request.every) = (asOf, every)
            let study = PollStudy(environment: shared.environment(models))
            if models.dryRun {
                Terminal.print(try await study.estimate(request).text(json: shared.json))
                return
            }
            Terminal.print(try await study.poll(request).text(json: shared.json))
        }
    }
}
