import Files
import Foundation
import LanguageModels
import Reports
import Results

/// A sweep with its cells, and where they are kept.
struct SweepPlan: Sendable {
    var sweep: Sweep
    /// Where the study's paths start from.
    var root: String
    var cells: [SweepCell]
    /// Whether some cell uses a model in this process: those wait by spinning, so that two at once crawl.
    var isEmbedded: Bool
    var folder: SweepFolder

    /// Names of what varies, in the order of the file.
    var axes: [String] { sweep.dimensions.map(\.axis.rawValue) }

    /// - Throws: Mistakes in any file that a cell is done to, before anything is done.
    init(_ file: String, environment: StudyEnvironment) throws {
        let loader = StudyLoader(environment: environment)
        guard try loader.files.kind(of: file) == .study else {
            throw StudyError.usage("\(file) is no study file; a sweep is a study with a 'sweep'")
        }
        let loaded = try loader.files.loadSweep(file)
        let sweep = loaded.value
        for (given, axis, option) in [
            (environment.seed != nil, Sweep.Axis.seed, "--seed"), (environment.model != nil, .model, "--model"),
        ] where given && sweep.dimensions.contains(where: { $0.axis == axis }) {
            throw StudyError.usage("the file sweeps over \(axis.rawValue)s, so \(option) has nothing to replace; leave it out")
        }
        self.sweep = sweep
        root = loaded.root.path.isEmpty ? "/" : loaded.root.path
        let targets = try Targets(sweep, loader: loader, root: root)
        let model = environment.model.map { Sweep.Value($0, servers: environment.servers) }
        cells = sweep.combinations.enumerated().map { index, values in
            let arguments = SweepCell.arguments(sweep, values, seed: environment.seed, model: model)
            let until = (sweep.fixed + zip(sweep.dimensions, values).map { Sweep.Dimension($0.axis, [$1]) })
                .last { $0.axis == .until }?.values[0].text
            return SweepCell(
                number: index + 1, chosen: values.map(\.shown),
                name: zip(sweep.dimensions, values).map { "\($0.axis.rawValue) \($1.shown)" }.joined(separator: ", "),
                arguments: arguments, until: until, digest: targets.digest(arguments))
        }
        isEmbedded = sweep.combinations.contains { values in
            let own = zip(sweep.dimensions, values).first { $0.0.axis == .model }?.1 ?? model
            return targets.isEmbedded(values, own, environment)
        }
        folder = SweepFolder(database: environment.database, sweep: sweep.id)
    }

    /// What the cells are done to, read once each.
    private struct Targets {
        private let sweep: Sweep
        /// By path from the root, digests of it and of all that it names.
        private var digests: [String: [(path: String, digest: String)]] = [:]
        private var models: [String: ModelSection] = [:]

        init(_ sweep: Sweep, loader: StudyLoader, root: String) throws {
            self.sweep = sweep
            let dimensions = sweep.fixed + sweep.dimensions
            func named(_ wanted: (Sweep.Axis) -> Bool) -> [String] {
                dimensions.filter { wanted($0.axis) }.flatMap(\.values).map(\.text)
            }
            let targets = named(\.isTarget)
            for path in targets.isEmpty ? [sweep.target ?? ""] : targets {
                let file = Self.place(path, root)
                switch sweep.procedure {
                case .run: try add(path, loader.files.loadWorld(file))
                case .experiment: try add(path, loader.files.loadExperiment(file))
                case .study:
                    let loaded = try loader.files.loadStudy(file)
                    try add(path, loaded)
                    // Another sweep of the same design has the same cells.
                    digests[path] = (digests[path] ?? []).filter { $0.path != path } + [(path, StudyLoader.digest(loaded.expanded.utf8))]
                case .poll:
                    if try loader.files.kind(of: file) == .persona {
                        try add(path, loader.files.loadPersona(file))
                    } else {
                        try add(path, loader.files.loadPanel(file))
                    }
                }
            }
            for path in named({ $0 == .survey }) { try add(path, loader.files.loadSurvey(Self.place(path, root))) }
        }

        /// A file outside the root, which the user allowed, is named from the root of the file system.
        private static func place(_ path: String, _ root: String) -> String { path.hasPrefix("/") ? path : root + "/" + path }

        private mutating func add<Value>(_ path: String, _ loaded: Loaded<Value>) throws {
            digests[path] = try StudyLoader.runFiles(loaded).map { ($0.path, $0.digest) }
            models[path] = loaded.models
        }

        /// Of a command and of every file that it reads.
        func digest(_ arguments: [String]) -> String {
            let target = arguments[1].hasPrefix("./") ? String(arguments[1].dropFirst(2)) : arguments[1]
            let survey = arguments.first { $0.hasPrefix("--survey=") }.map { String($0.dropFirst("--survey=".count)) }
            var files = digests[target] ?? []
            files += survey.flatMap { digests[$0] } ?? []
            let named = JSONValue.object([
                .init("version", .string(populaceVersion)), .init("arguments", JSONValue(arguments)),
                .init("files", .array(files.map { .array([.string($0.path), .string($0.digest)]) })),
            ])
            return StudyLoader.digest(named.written(compact: true).utf8)
        }

        func isEmbedded(_ values: [Sweep.Value], _ model: Sweep.Value?, _ environment: StudyEnvironment) -> Bool {
            var environment = environment
            environment.model = model?.text
            environment.servers = model?.servers ?? []
            let targets = zip(sweep.dimensions, values).filter { $0.0.axis.isTarget }.map(\.1.text)
            guard let section = (targets.first ?? sweep.target).flatMap({ models[$0] }) else { return true }
            let used = ModelSet.replaced(section, environment: environment)
            func embedded(_ choice: ModelSection.Choice) -> Bool {
                choice.servers.isEmpty && choice.name != "scripted" && choice.name != "uniform"
            }
            guard sweep.procedure == .run else { return embedded(used.speaker) }
            return [used.speaker, used.scribe, used.embedder].contains(where: embedded)
                || used.residents.contains { [$0.speaker, $0.scribe, $0.embedder].contains(where: embedded) }
        }
    }
}
