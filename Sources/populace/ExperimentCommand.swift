import ArgumentParser
import Studies

struct ExperimentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiment", abstract: "Run every arm of an experiment on the same subjects with the same draws.",
        discussion: """
            populace experiment Worlds/studies/horton/dictator-games.experiment.yaml
            populace experiment Worlds/studies/horton/hiring.experiment.yaml --model qwen2.5-1.5b
            populace new experiment > Worlds/mine.experiment.yaml
            """)

    @Argument(help: ArgumentHelp("An experiment file.", valueName: "file"), completion: .file())
    var file: String

    @Option(help: ArgumentHelp("Subjects in every cell; replaces the file's.", valueName: "n"))
    var sessions: Int?

    @Option(help: ArgumentHelp("Names of arms, separated by commas; all if left out.", valueName: "a,b"))
    var arms: String?

    @Option(help: "words, letters or sample; replaces the file's.")
    var method: String?

    @Flag(help: "Print differences that were not planned too, apart from those that were.")
    var explore = false

    @Option(
        help: ArgumentHelp(
            "A recorded run: its residents decide instead of the file's subjects, with what they remember at its end.",
            valueName: "run"))
    var residents: String?

    @OptionGroup var models: ModelOptions
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard sessions.map({ (1...1_000_000).contains($0) }) != false else {
            throw ValidationError("--sessions is from 1 to 1000000")
        }
    }

    func run() async throws {
        try await Terminal.exiting {
            let request = ExperimentStudy.Request(
                file: file, sessions: sessions, arms: list(arms), method: method, explore: explore,
                residents: residents)
            let study = ExperimentStudy(environment: shared.environment(models))
            let outcome = models.dryRun ? try await study.estimate(request) : try await study.run(request)
            Terminal.print(outcome.text(json: shared.json))
        }
    }
}
