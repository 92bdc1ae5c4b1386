import ArgumentParser
import Studies

struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "What a corpus of text holds of a survey's statements and of what was said.",
        discussion: """
            populace trace index news/ -o Results/news.trace       once, in bounded memory
            populace trace survey Results/news.trace Personas/gss2018.survey.yaml --run poll-1
            populace trace text Results/news.trace run-1#34        where an utterance stands word for word
            populace trace text Results/news.trace "about the right amount"
            A match is not yet influence.
            """,
        subcommands: [TraceIndexCommand.self, TraceSurveyCommand.self, TraceTextCommand.self, TraceInfoCommand.self])
}

struct TraceIndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Index a local corpus: text and Markdown files, or rows of JSON Lines and CSV.",
        discussion: """
            populace trace index books/ -o Results/books.trace --fold
            populace trace index posts.jsonl --column body --not-trained smollm2-135m
            A folder's .txt and .md files are a document each; with --column its .jsonl and .csv files are read too, a \
            document a row. An index that is of this corpus is left as it is; a build that is stopped leaves \
            .NAME.building beside it, which the next one takes over.
            """)

    @Argument(help: ArgumentHelp("Files and folders.", valueName: "corpus"), completion: .file())
    var corpus: [String]

    @Option(name: .shortAndLong, help: ArgumentHelp("Where the index goes; Results/NAME.trace if left out.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("What to call the corpus; its own name if left out.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("A model that was trained on it; may be repeated. Of others it is not known.", valueName: "model"))
    var trained: [String] = []

    @Option(name: .customLong("not-trained"), help: ArgumentHelp("A model that was not; may be repeated.", valueName: "model"))
    var notTrained: [String] = []

    @Option(help: ArgumentHelp("Column, or key, that holds the text of a row; 'text' if left out.", valueName: "name"))
    var column: String?

    @Flag(help: "Make capital and small letters one.")
    var fold = false

    @Option(help: ArgumentHelp("Memory to sort in, in megabytes; smaller is slower to build and to ask.", valueName: "MB"))
    var memory = 1000

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard (16...20_000).contains(memory) else { throw ValidationError("--memory is 16 to 20000 megabytes") }
    }

    func run() async throws {
        try await Terminal.exiting {
            let request = TraceStudy.IndexRequest(
                corpus: corpus, output: output, name: name, trainingDataOf: trained, notTrainingDataOf: notTrained,
                column: column, folds: fold, memory: memory)
            Terminal.print(try await TraceStudy(environment: shared.environment()).index(request).text(json: shared.json))
        }
    }
}

struct TraceSurveyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "survey", abstract: "How often each option follows a question's statement in a corpus.",
        discussion: """
            Counted behind the longest ending of the statement that any option follows, and correlated over questions \
            with people's answers and, with --run, a model's; raw, and with how common the words are held constant.
            """)

    @Argument(help: ArgumentHelp("An index made by 'trace index'.", valueName: "index"), completion: .file())
    var index: String

    @Argument(help: ArgumentHelp("A survey file.", valueName: "survey"), completion: .file())
    var survey: String

    @Option(name: .customLong("run"), help: ArgumentHelp("A poll whose answers stand beside.", valueName: "poll"))
    var poll: String?

    @Option(help: ArgumentHelp("Question ids, separated by commas.", valueName: "a,b"))
    var questions: String?

    @Option(help: ArgumentHelp("Words of the statement that must be followed for a question to be correlated.", valueName: "n"))
    var words = 2

    @Option(help: ArgumentHelp("Documents named for an option.", valueName: "n"))
    var documents = 3

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard words >= 1, documents >= 0 else { throw ValidationError("--words is at least 1, --documents at least 0") }
    }

    func run() async throws {
        try await Terminal.exiting {
            let request = TraceStudy.SurveyRequest(
                index: index, survey: survey, run: poll, questions: list(questions), leastWords: words, documents: documents)
            Terminal.print(try await TraceStudy(environment: shared.environment()).survey(request).text(json: shared.json))
        }
    }
}

struct TraceTextCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text", abstract: "The longest passages of an utterance that stand in a corpus word for word.",
        discussion: """
            Of an occurrence it also says whether the model had the words in its prompt, in which line or memory, and what \
            leaving that out does to what was said.
            """)

    @Argument(help: ArgumentHelp("An index made by 'trace index'.", valueName: "index"), completion: .file())
    var index: String

    @Argument(help: ArgumentHelp("RUN#NUMBER, or the words themselves.", valueName: "text"))
    var text: String

    @Option(help: ArgumentHelp("Words of a passage, at least.", valueName: "n"))
    var words = 4

    @Option(help: ArgumentHelp("Passages shown, at most.", valueName: "n"))
    var passages = 10

    @Option(help: ArgumentHelp("Documents named for a passage.", valueName: "n"))
    var documents = 3

    @Flag(inversion: .prefixedNo, help: "Leave out the prompt's lines that hold a passage, and ask the model again.")
    var influence = true

    @Flag(help: "Answer from recorded completions only.")
    var offline = false

    @Flag(name: .customLong("dry-run"), help: "Say what asking again would take, and stop.")
    var dryRun = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await Terminal.exiting {
            var environment = shared.environment()
            environment.offline = offline
            let request = TraceStudy.TextRequest(
                index: index, text: text, leastWords: words, most: passages, documents: documents, influence: influence,
                dryRun: dryRun)
            Terminal.print(try await TraceStudy(environment: environment).text(request).text(json: shared.json))
        }
    }
}

struct TraceInfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "info", abstract: "What an index is of.")

    @Argument(help: ArgumentHelp("An index made by 'trace index'.", valueName: "index"), completion: .file())
    var index: String

    @Flag(help: "Read all of it and compare its digests.")
    var check = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await Terminal.exiting {
            Terminal.print(
                try await TraceStudy(environment: shared.environment()).info(index, check: check).text(json: shared.json))
        }
    }
}
