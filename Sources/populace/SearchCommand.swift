import ArgumentParser
import Studies

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find the facts, their order and the mix of personas that stand best for a group.",
        discussion: """
            populace search Personas/gss-adults.panel.yaml --for party=Republican
            populace search Personas/gss-adults.panel.yaml --for party=Republican --facts age,partyid7 --budget 20

            What is found on some questions and people of the group is judged on the others, beside the persona as the \
            panel tells it.
            """)

    @Argument(help: ArgumentHelp("A panel file.", valueName: "panel"), completion: .file())
    var panel: String

    @Option(name: .customLong("for"), help: ArgumentHelp("The group, party=Republican.", valueName: "variable=value"))
    var group: String

    @Option(help: ArgumentHelp("Variables of the backstory that may be told; all if left out.", valueName: "a,b"))
    var facts: String?

    @Option(help: ArgumentHelp("Question ids, separated by commas; all that were not told if left out.", valueName: "a,b"))
    var questions: String?

    @Option(help: "words, letters or sample; words where every question has a statement, else letters, if left out.")
    var method: String?

    @Option(name: .customLong("ask-as"), help: "How the persona is told: qa, bio, portray or interview.")
    var askAs: String?

    @Option(help: ArgumentHelp("Lists of facts to try at most.", valueName: "n"))
    var budget = 40

    @Option(help: ArgumentHelp("Personas in the mixture.", valueName: "n"))
    var personas = 5

    @OptionGroup var models: ModelOptions
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await Terminal.exiting {
            let request = SearchStudy.Request(
                panel: panel, group: group, facts: list(facts), questions: list(questions), method: method, askAs: askAs,
                budget: budget, personas: personas)
            let study = SearchStudy(environment: shared.environment(models))
            let outcome = models.dryRun ? try await study.estimate(request) : try await study.search(request)
            Terminal.print(outcome.text(json: shared.json))
        }
    }
}
