import ArgumentParser
import SurveyFormats

/// What the program runs of itself to read a data file: a process with limits, which may die in its place.
struct ReadSurveyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: SurveyReaderProcess.subcommand, shouldDisplay: false)

    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    func run() throws { throw ExitCode(SurveyReaderProcess.main(arguments)) }
}
