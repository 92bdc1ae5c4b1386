public import LanguageModels

/// The release, as printed by `--version` and stored in every run.
public let populaceVersion = "0.1.0"

/// What files may name beyond their root and loopback, by the user's word alone.
public struct FilePermissions: Sendable, Hashable {
    public var paths: [String]
    public var servers: [String]

    public init(paths: [String] = [], servers: [String] = []) {
        self.paths = paths
        self.servers = servers
    }
}

/// What happens while a study works, for people who wait.
public struct StudyProgress: Sendable {
    public enum Event: Sendable {
        case note(String)
        /// `done` of `total` things called `what`, `seconds` after the first.
        case advanced(done: Int, total: Int, what: String, seconds: Double)
    }

    public var report: @Sendable (Event) -> Void

    public init(_ report: @escaping @Sendable (Event) -> Void) {
        self.report = report
    }

    public static let silent = StudyProgress { _ in }

    func note(_ text: String) { report(.note(text)) }
}

/// What every procedure needs from whoever asked for it.
public struct StudyEnvironment: Sendable {
    /// Path of the database.
    public var database: String
    /// Replaces the file's seed.
    public var seed: UInt64?
    /// Replaces the speaker and the scribe of the file.
    public var model: String?
    /// Beside that model.
    public var adapter: Adapter?
    /// Servers of that model, with the same weights.
    public var servers: [String]
    /// Of that model, or where none is named of every model behind a server.
    public var prices: TokenPrices?
    /// What this command may spend on all models together, and has spent.
    public var budget: Budget
    /// Recorded completions only.
    public var offline: Bool
    public var jobs: Int
    public var permissions: FilePermissions
    public var commandLine: String
    public var progress: StudyProgress

    public init(
        database: String, seed: UInt64? = nil, model: String? = nil, adapter: Adapter? = nil, servers: [String] = [], prices: TokenPrices? = nil,
        budget: SpendingLimit = SpendingLimit(), offline: Bool = false, jobs: Int = 4, permissions: FilePermissions = FilePermissions(), commandLine: String = "",
        progress: StudyProgress = .silent
    ) {
        self.database = database
        self.seed = seed
        self.model = model
        self.adapter = adapter
        self.servers = servers
        self.prices = prices
        self.budget = Budget(budget)
        self.offline = offline
        self.jobs = jobs
        self.permissions = permissions
        self.commandLine = commandLine
        self.progress = progress
    }
}
