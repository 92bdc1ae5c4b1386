import ArgumentParser
import Foundation
import LanguageModels
import Studies
import SurveyFormats

struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep", abstract: "A study many times over: seeds, models, worlds; here or on Slurm, then merged.",
        discussion: """
            populace sweep Worlds/studies/alder-seeds.study.yaml --dry-run
            populace sweep Worlds/studies/alder-seeds.study.yaml --jobs 4
            populace sweep my.study.yaml --on slurm --partition long --slurm=--time=2:00:00
            populace sweep my.study.yaml --on slurm --resubmit

            Each cell has a database of its own in sweeps/ beside the results database; those done are not run again, and \
            when all are they are merged into it. Interrupted, the same command goes on: on Slurm the jobs go on meanwhile, \
            and nothing that waits or runs is submitted twice. The cluster's machines must see the folder and this program.
            """)

    enum Place: String, ExpressibleByArgument, CaseIterable {
        case here, slurm
    }

    @Argument(help: ArgumentHelp("A study file with a 'sweep'.", valueName: "file"), completion: .file(extensions: ["yaml", "yml"]))
    var file: String

    @Option(help: "here or slurm: where cells are run.")
    var on: Place = .here

    @Option(help: ArgumentHelp("Cells at once on this machine; one where they have an embedded model.", valueName: "n"))
    var jobs = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: ArgumentHelp("The partition of Slurm.", valueName: "name"))
    var partition: String?

    @Option(help: ArgumentHelp("Cells a task of Slurm, or auto: so many that starting tasks costs little.", valueName: "n"))
    var batch = "auto"

    @Option(help: ArgumentHelp("A further option of sbatch, --slurm=--time=1:00:00; may be repeated.", valueName: "option"))
    var slurm: [String] = []

    @Flag(help: "Submit again what failed or was killed on Slurm.")
    var resubmit = false

    @Flag(help: "Run nothing; merge and show the cells that are done.")
    var collect = false

    @Option(help: ArgumentHelp("The seed of every cell; replaces the files'.", valueName: "n"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("The model of every cell; replaces the files'.", valueName: "name"))
    var model: String?

    @Option(help: ArgumentHelp("A server for --model; may be repeated.", valueName: "url"))
    var server: [String] = []

    @Flag(help: "Cells answer from their recorded completions only.")
    var offline = false

    @Flag(name: .customLong("dry-run"), help: "Say what it would take (cells, calls, tokens, tasks) and stop.")
    var dryRun = false

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard jobs >= 1 else { throw ValidationError("--jobs is at least 1") }
        guard batch == "auto" || Int(batch).map({ $0 >= 1 }) == true else { throw ValidationError("--batch is auto or at least 1") }
        guard server.isEmpty || model != nil else { throw ValidationError("--server needs --model NAME, the name the server knows") }
        let forSlurm = partition != nil || batch != "auto" || !slurm.isEmpty || resubmit
        guard on == .slurm || !forSlurm else {
            throw ValidationError("--partition, --batch, --slurm and --resubmit are for --on slurm")
        }
        guard slurm.allSatisfy({ $0.hasPrefix("-") }) else { throw ValidationError("--slurm takes an option of sbatch: --slurm=--time=1:00:00") }
    }

    func run() async throws {
        try await Terminal.exiting {
            let environment = StudyEnvironment(
                database: shared.database, seed: seed, model: model, servers: server, offline: offline, jobs: jobs,
                permissions: shared.permissions,
                commandLine: (["populace"] + CommandLine.arguments.dropFirst()).joined(separator: " "),
                progress: shared.quiet ? .silent : Terminal.progress)
            let study = SweepStudy(environment: environment, program: try SurveyReader().program)
            let request = SweepStudy.Request(
                file: file,
                slurm: on == .slurm
                    ? SweepStudy.Scheduling(partition: partition, batch: Int(batch), options: slurm, resubmits: resubmit) : nil,
                collects: collect)
            let outcome = try await Interrupt.cancelling { [dryRun] in
                try await dryRun ? study.estimate(request) : study.run(request)
            }
            Terminal.print(outcome.text(json: shared.json))
        }
    }
}

/// What a task of a job array runs: the cells that a list has under its number.
struct SweepTaskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "sweep-task", shouldDisplay: false)

    @Argument var list: String
    @Argument var task: String

    func run() async throws {
        try await Terminal.exiting {
            try await Interrupt.cancelling { [list, task] in try await TaskList.run(list, task: task) }
        }
    }
}
