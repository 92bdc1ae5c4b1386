import ArgumentParser
import Studies

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a run as tidy tables for R, Python or a spreadsheet.",
        discussion: """
            populace export run-1                        CSV files under Results/export/run-1
            populace export poll-2 --format jsonl -o out --tables people,shares
            Columns are described in Results/README.md.
            """)

    @Argument(help: ArgumentHelp("The run; 'latest' is the newest.", valueName: "run"))
    var run: String

    @Option(name: [.customShort("o"), .customLong("output")], help: ArgumentHelp("The folder; Results/export/RUN if left out.", valueName: "folder"))
    var output: String?

    @Option(help: ArgumentHelp("csv, or jsonl for JSON Lines.", valueName: "format"))
    var format = "csv"

    @Option(help: ArgumentHelp("Of people, readings, occurrences, memories, answers, shares, uses; all that hold anything if left out.", valueName: "a,b"))
    var tables: String?

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await Terminal.exiting {
            guard let format = ExportStudy.Format(rawValue: format) else {
                throw ValidationError("--format \(self.format) is unknown; it may be csv or jsonl")
            }
            let outcome = try await ExportStudy(environment: shared.environment()).export(
                run, to: output, format: format, tables: tables?.split(separator: ",").map { $0.trimming() })
            Terminal.print(outcome.text(json: shared.json))
        }
    }
}
