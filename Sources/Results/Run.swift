public import LanguageModels

/// A file a run depends on, with its content.
public struct RunFile: Hashable, Sendable {
    /// From the study's root.
    public var path: String
    /// Of the content; equal digests are stored once.
    public var digest: String
    public var bytes: [UInt8]

    public init(path: String, digest: String, bytes: [UInt8]) {
        self.path = path
        self.digest = digest
        self.bytes = bytes
    }
}

/// A model and the part it plays: `speaker`, `scribe`, `embedder`.
public struct RunModel: Codable, Hashable, Sendable {
    public var role: String
    public var identity: ModelIdentity
    /// Of a model behind a server, where somebody said.
    public var prices: TokenPrices?

    public init(role: String, identity: ModelIdentity, prices: TokenPrices? = nil) {
        self.role = role
        self.identity = identity
        self.prices = prices
    }

    public init(role: String, model: CachedModel) {
        self.init(role: role, identity: model.identity, prices: model.prices)
    }

    /// What it costs; `nil` for a server of which nobody said.
    public var knownPrices: TokenPrices? { identity.backEnd == "openai" ? prices : .free }
}

/// What is known of a run before it begins: everything its result depends on.
public struct RunHeader: Hashable, Sendable {
    /// `run`, `poll`: the first part of the id.
    public var kind: String
    /// When the command began, ISO 8601; the caller reads the clock.
    public var created: String
    public var commandLine: String
    public var version: String
    public var seed: UInt64
    /// The run whose residents are asked or continued; recalled memories are that run's.
    public var source: String?
    public var files: [RunFile]
    public var models: [RunModel]
    public var settings: [String: String]

    public init(
        kind: String, created: String, commandLine: String, version: String, seed: UInt64, source: String? = nil,
        files: [RunFile] = [], models: [RunModel] = [], settings: [String: String] = [:]
    ) {
        self.kind = kind
        self.created = created
        self.commandLine = commandLine
        self.version = version
        self.seed = seed
        self.source = source
        self.files = files
        self.models = models
        self.settings = settings
    }
}

public enum RunStatus: String, Codable, Hashable, Sendable, CaseIterable {
    /// Also what a killed process leaves behind.
    case running
    case done, failed
    /// At a budget or by the user; resumable.
    case stopped
}

/// A run as the database knows it.
public struct Run: Hashable, Sendable {
    /// `run-1`, `poll-2`: numbers count all kinds together.
    public var id: String
    public var number: Int
    public var status: RunStatus
    /// Contents of files are not loaded: `files` have empty `bytes`; see `ResultsDatabase.files(ofRun:)`.
    public var header: RunHeader
    public var committedSteps: Int
    public var tokens: Int
    public var wallSeconds: Double
}

/// How many rows of each kind a run has.
public struct RunCounts: Codable, Hashable, Sendable {
    public var personas: Int
    public var occurrences: Int
    public var memories: Int
    public var uses: Int
    public var answers: Int
    public var completions: Int
    /// Summed tokens of uses.
    public var tokens: Int
}

/// What a person did to a world by hand.
public struct Intervention: Hashable, Sendable {
    /// Empty: a branch is a run of its own.
    public var branch: String
    /// Seconds of simulated time.
    public var seconds: Int
    /// `tell`, `inject`.
    public var command: String
    public var text: String

    public init(branch: String = "", seconds: Int, command: String, text: String) {
        self.branch = branch
        self.seconds = seconds
        self.command = command
        self.text = text
    }
}
