import Kernel
import LanguageModels

/// The models of one study by role, each behind its recorded completions. Roles that name the same model share it.
struct ModelSet: Sendable {
    var speaker: CachedModel
    var scribe: CachedModel
    var embedder: CachedModel
    /// Residents who think with models of their own, by persona id.
    var residents: [String: Roles] = [:]

    struct Roles: Sendable {
        var speaker: CachedModel
        var scribe: CachedModel
        var embedder: CachedModel
    }

    /// - Parameters:
    ///   - recorded: Identities of earlier runs in the database, newest first: what stands in, offline, for a model
    ///     whose file is gone.
    init(
        section: ModelSection, environment: StudyEnvironment, store: any CompletionStore, recorded: [ModelIdentity]
    ) throws {
        var made: [String: CachedModel] = [:]
        func model(_ choice: ModelSection.Choice) throws -> CachedModel {
            let adapter = choice.adapter.map { "\($0.path):\($0.scale)" } ?? ""
            let name = ([choice.name, adapter, choice.revision ?? ""] + choice.servers).joined(separator: "\u{0}")
            if let there = made[name] { return there }
            let new = try Self.model(choice, environment: environment, store: store, recorded: recorded)
            made[name] = new
            return new
        }
        let section = Self.replaced(section, environment: environment)
        speaker = try model(section.speaker)
        scribe = try model(section.scribe)
        embedder = try model(section.embedder)
        for resident in section.residents {
            residents[resident.persona] = Roles(
                speaker: try model(resident.speaker), scribe: try model(resident.scribe),
                embedder: try model(resident.embedder))
        }
    }

    func speaker(of persona: String) -> CachedModel { residents[persona]?.speaker ?? speaker }
    func embedder(of persona: String) -> CachedModel { residents[persona]?.embedder ?? embedder }

    /// The one model that a poll outside a world asks.
    static func speaker(
        section: ModelSection, environment: StudyEnvironment, store: any CompletionStore, recorded: [ModelIdentity]
    ) throws -> CachedModel {
        try model(
            replaced(section, environment: environment).speaker, environment: environment, store: store,
            recorded: recorded)
    }

    /// What `--model` and `--server` make of a file's section. A model that needs no weights is its own embedder.
    static func replaced(_ section: ModelSection, environment: StudyEnvironment) -> ModelSection {
        var section = section
        if let name = environment.model {
            func replace(_ choice: inout ModelSection.Choice) {
                choice = ModelSection.Choice(
                    name: name, temperature: choice.temperature, servers: environment.servers,
                    adapter: environment.adapter)
            }
            replace(&section.speaker)
            // Rating scores raw text, which servers do not offer: there the scribe stays the file's.
            if environment.servers.isEmpty { replace(&section.scribe) }
            // What the command line names is everybody's.
            section.residents = []
            if name == "scripted" { section.embedder = ModelSection.Choice(name: "scripted", temperature: 0) }
        }
        return section
    }

    /// What requests would take of the model that ``speaker(section:environment:store:recorded:)`` gives; `nil` where
    /// it is not embedded, and offline where its file is gone.
    static func plan(section: ModelSection, environment: StudyEnvironment) throws -> PrefixPlan? {
        let choice = replaced(section, environment: environment).speaker
        guard choice.servers.isEmpty, choice.name != "scripted", choice.name != "uniform" else { return nil }
        do {
            return try ModelCatalogue.standard.plan(choice.name)
        } catch ModelError.missingModel where environment.offline {
            return nil
        }
    }

    /// What a model's tokens cost; `nil` where nobody says.
    static func prices(of choice: ModelSection.Choice, environment: StudyEnvironment) -> TokenPrices? {
        choice.servers.isEmpty ? .free : environment.prices ?? choice.prices
    }

    private static func model(
        _ choice: ModelSection.Choice, environment: StudyEnvironment, store: any CompletionStore,
        recorded: [ModelIdentity]
    ) throws -> CachedModel {
        let offline = environment.offline
        let prices = prices(of: choice, environment: environment)
        if prices == nil, environment.budget.limit.cost != nil {
            throw StudyError.usage(
                "--max-cost needs to know what \(choice.name) costs; add 'prices:' to its file or --prices INPUT,OUTPUT")
        }
        let budgets = [environment.budget] + (choice.budget.map { [Budget($0)] } ?? [])
        @Sendable func paid(_ model: any LanguageModel) -> BudgetedModel {
            BudgetedModel(model, prices: prices ?? .free, budgets: budgets)
        }
        if let adapter = choice.adapter {
            guard !adapter.path.isEmpty || offline else {
                throw StudyError.usage(
                    "the adapter \(adapter.file) lies outside the study; allow it with --allow-path \(adapter.file)")
            }
            guard choice.servers.isEmpty else {
                throw StudyError.usage(
                    "an adapter is added to an embedded model; let the server load it, and name the model as the server does")
            }
            guard choice.name != "scripted", choice.name != "uniform" else {
                throw StudyError.usage("the model '\(choice.name)' has no weights to adapt")
            }
        }
        switch choice.name {
        case "scripted": return CachedModel(paid(ScriptedModel()), store: store, offline: offline)
        case "uniform": return CachedModel(paid(UniformModel()), store: store, offline: offline)
        default: break
        }
        if !choice.servers.isEmpty {
            let endpoints = try choice.servers.map { text in
                let address = try ServerAddress(text)
                guard address.isLoopback || environment.permissions.servers.contains(address.host) else {
                    throw StudyError.serverNotAllowed(host: address.host)
                }
                return ServerEndpoint(address, key: Secret.key(for: address))
            }
            let model = try ServerModel(
                name: choice.name, endpoints: endpoints, revision: choice.revision,
                maximumConcurrentRequests: min(environment.jobs, choice.atOnce ?? environment.jobs))
            for host in Set(endpoints.filter { !$0.address.isLoopback }.map(\.address.host)).sorted() {
                environment.progress.note("Respondents' data and personas are sent to \(host).")
            }
            return CachedModel(paid(model), store: store, offline: offline, prices: prices)
        }
        let catalogue = ModelCatalogue.standard
        do {
            if ModelCatalogue.isPath(choice.name), !environment.permissions.paths.contains(choice.name),
                choice.name != environment.model
            {
                throw StudyError.usage("a file names the model \(choice.name) by its path; allow it with --allow-path \(choice.name)")
            }
            let identity = try catalogue.identity(of: choice.name, adapter: choice.adapter)
            return CachedModel(identity: identity, store: store, offline: offline) {
                paid(try await catalogue.open(choice.name, adapter: choice.adapter))
            }
        } catch let error as ModelError {
            if case .unusableAdapter = error { throw error }
            guard offline, let identity = recorded.first(where: { $0.backEnd == "llama" && choice.names($0) })
            else { throw error }
            return CachedModel(identity: identity, store: store, offline: true) { throw error }
        }
    }

    /// Each role with its model; a resident's own as `speaker/rosa-delgado`.
    var byRole: [(role: String, model: CachedModel)] {
        var roles = [("speaker", speaker), ("scribe", scribe), ("embedder", embedder)]
        for id in residents.keys.sorted(by: precedes) {
            guard let own = residents[id] else { continue }
            let pairs = [("speaker", own.speaker, speaker), ("scribe", own.scribe, scribe), ("embedder", own.embedder, embedder)]
            roles += pairs.filter { $0.1 !== $0.2 }.map { ("\($0.0)/\(id)", $0.1) }
        }
        return roles
    }

    /// What all models together were asked.
    func meter() async -> CachedModel.Meter { await CachedModel.Meter(of: byRole.map(\.model)) }
}

extension CachedModel.Meter {
    /// Of several models, each counted once.
    init(of models: [CachedModel]) async {
        self.init()
        var counted: Set<ObjectIdentifier> = []
        for model in models where counted.insert(ObjectIdentifier(model)).inserted {
            let meter = await model.meter
            calls += meter.calls
            hits += meter.hits
            usage = usage + meter.usage
            spent = spent + meter.spent
            if let more = meter.reading { reading = (reading ?? EvaluationCounts()) + more }
        }
    }
}
