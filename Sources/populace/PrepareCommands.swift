import ArgumentParser
import Studies

struct NewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "A commented world, persona, panel, survey, study or experiment to start from, on standard output.",
        discussion: "populace new persona > Personas/me.yaml")

    @Argument(help: ArgumentHelp("world, persona, panel, survey, study or experiment.", valueName: "kind"))
    var kind: String

    func run() async throws {
        try await Terminal.exiting { Terminal.print(try PrepareStudy.template(kind)) }
    }
}

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check files without running anything.")

    @Argument(help: ArgumentHelp("Files to check.", valueName: "file"), completion: .file(extensions: ["yaml", "yml"]))
    var files: [String]

    @Flag(help: "Print what each file means with every default spelled out.")
    var expanded = false

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await Terminal.exiting {
            let study = PrepareStudy(environment: shared.environment())
            Terminal.print(try await study.validate(files, expanded: expanded, json: shared.json))
        }
    }
}

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Load a survey's microdata as a baseline; all or nothing.",
        discussion: """
            populace import Personas/gss2018.survey.yaml
            populace import Personas/data/gss.sav --write-codebook Personas/gss.survey.yaml
            """)

    @Argument(
        help: ArgumentHelp(
            "A survey file with data; or a data file (.sav .zsav .por .dta .xpt .sas7bdat) with --write-codebook.",
            valueName: "survey"),
        completion: .file())
    var survey: String

    @Option(help: ArgumentHelp("Draft a survey file from the data file's own labels, to check and edit.", valueName: "file"))
    var writeCodebook: String?

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await Terminal.exiting {
            let study = PrepareStudy(environment: shared.environment())
            let outcome =
                if let writeCodebook { try await study.draftCodebook(of: survey, to: writeCodebook) } else {
                    try await study.importSurvey(survey)
                }
            Terminal.print(outcome.text(json: shared.json))
        }
    }
}

struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "The embedded models on this machine.",
        subcommands: [List.self, Pull.self, Info.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The models in the cache.")
        @OptionGroup var shared: SharedOptions

        func run() async throws {
            try await Terminal.exiting { Terminal.print(try ModelStudy().list(json: shared.json)) }
        }
    }

    struct Pull: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetch a GGUF file by URL into the cache; resumes, and verifies its SHA-256.")

        @Argument(help: ArgumentHelp("Where the file is, https or loopback.", valueName: "url"))
        var url: String

        @Option(help: ArgumentHelp("The file's SHA-256 in hexadecimal.", valueName: "digest"))
        var sha256: String

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            try await Terminal.exiting {
                Terminal.print(
                    try await ModelStudy().pull(url, sha256: sha256, progress: shared.quiet ? .silent : Terminal.progress))
            }
        }
    }

    struct Info: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "A model's identity: what its answers depend on.")

        @Argument(help: ArgumentHelp("A model's name.", valueName: "name"))
        var name: String

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            try await Terminal.exiting { Terminal.print(try ModelStudy().info(name, json: shared.json)) }
        }
    }
}

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check models, database, files and libraries on this machine.")

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await Terminal.exiting {
            let findings = await DoctorStudy(environment: shared.environment()).findings()
            Terminal.print(findings.text(json: shared.json))
            if findings.anythingWrong { throw ExitCode(1) }
        }
    }
}
