import ArgumentParser
import Studies

@main
struct Populace: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "populace",
        abstract: "Simulate people in small worlds, and measure how far they are from real ones.",
        discussion: """
            Start with:  populace new persona > me.yaml
                         populace poll me.yaml --survey Personas/gss2018.survey.yaml
            Exit codes: 0 done; 1 the study failed or --require was unmet; 64 a usage or file error.
            """,
        version: populaceVersion,
        subcommands: [ReadSurveyCommand.self],
        groupedSubcommands: [
            CommandGroup(
                name: "Study",
                subcommands: [
                    RunCommand.self, PollCommand.self, StudyCommand.self, ExperimentCommand.self,
                    CalibrateCommand.self, SearchCommand.self,
                ]),
            CommandGroup(name: "Read", subcommands: [CompareCommand.self, ReportCommand.self, ShowCommand.self, ExportCommand.self]),
            CommandGroup(name: "Explore", subcommands: [ReplCommand.self, ServeCommand.self]),
            CommandGroup(
                name: "Prepare",
                subcommands: [
                    NewCommand.self, ValidateCommand.self, ImportCommand.self, ModelCommand.self, DoctorCommand.self,
                ]),
        ])
}
