/// A column that says who a respondent is.
public struct Variable: Codable, Hashable, Sendable {
    public enum Kind: Codable, Hashable, Sendable {
        /// A whole number with a unit, such as years; any integer is allowed.
        case number(unit: String)
        /// Text values written in the data as they are: `Male`.
        case categories([String])
        /// Values written in the data as codes, with the words each stands for: `1` = `strong Democrat`.
        case coded([Code])
    }

    public struct Code: Codable, Hashable, Sendable {
        public var code: String
        public var text: String

        public init(code: String, text: String) {
            self.code = code
            self.text = text
        }
    }

    public var name: String
    public var kind: Kind
    /// The words in which it was asked, without the options: `In politics today, do you consider yourself a`; `nil`
    /// where the codebook gives none.
    public var ask: String?

    public init(name: String, kind: Kind, ask: String? = nil) {
        self.name = name
        self.kind = kind
        self.ask = ask
    }

    /// The words of each value in the codebook's order; `nil` for a number.
    public var options: [String]? {
        switch kind {
        case .number: nil
        case .categories(let values): values
        case .coded(let codes): codes.map(\.text)
        }
    }

    /// The words for a cell of the data: the label of a code, else the cell itself.
    public func words(for cell: String) -> String {
        if case .coded(let codes) = kind, let match = codes.first(where: { $0.code == cell }) { return match.text }
        return cell
    }
}

/// A survey: the exact words people heard, what their codes mean, and where the microdata are.
public struct Codebook: Codable, Hashable, Sendable {
    /// The file's stem, `gss2018`: how databases and commands name the survey.
    public var id: String
    public var title: String
    public var source: String?
    /// When and where it was asked, for prompts: 2018 and `the United States`.
    public var year: Int?
    public var country: String?
    /// Path of the microdata from the study's root; `nil` for a survey of the user's own, which has no baseline.
    public var data: String?
    /// `sha256:` and 64 hexadecimal digits, of the data file.
    public var checksum: String?
    /// Column names.
    public var respondent: String?
    public var weight: String?
    public var stratum: String?
    public var cluster: String?
    public var variables: [Variable]
    public var questions: [Question]

    public init(
        id: String, title: String, source: String? = nil, year: Int? = nil, country: String? = nil,
        data: String? = nil, checksum: String? = nil, respondent: String? = nil, weight: String? = nil,
        stratum: String? = nil, cluster: String? = nil, variables: [Variable] = [], questions: [Question]
    ) {
        self.id = id
        self.title = title
        self.source = source
        self.year = year
        self.country = country
        self.data = data
        self.checksum = checksum
        self.respondent = respondent
        self.weight = weight
        self.stratum = stratum
        self.cluster = cluster
        self.variables = variables
        self.questions = questions
    }

    public func question(_ id: String) -> Question? { questions.first { $0.id == id } }
    public func variable(_ name: String) -> Variable? { variables.first { $0.name == name } }
}
