import ArgumentParser
import Studies

struct StudyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "study", abstract: "A paper's study with your model: the paper's figures, the people's, the model's.",
        discussion: """
            populace study Worlds/studies/santurkar.study.yaml
            populace study Worlds/studies/argyle-vote.study.yaml --model qwen2.5-1.5b --people 200
            """)

    @Argument(help: ArgumentHelp("A study file.", valueName: "file"), completion: .file())
    var file: String

    @Option(help: ArgumentHelp("How many people are drawn; replaces the file's.", valueName: "n"))
    var people: Int?

    @OptionGroup var models: ModelOptions
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard people.map({ $0 >= 1 }) != false else { throw ValidationError("--people is at least 1") }
    }

    func run() async throws {
        try await Terminal.exiting {
            let request = ReplicationStudy.Request(file: file, people: people)
            let study = ReplicationStudy(environment: shared.environment(models))
            let outcome = models.dryRun ? try await study.estimate(request) : try await study.run(request)
            Terminal.print(outcome.text(json: shared.json))
        }
    }
}
