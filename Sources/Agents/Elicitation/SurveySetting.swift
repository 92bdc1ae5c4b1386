public import Surveys

/// When and where a survey was asked, as prompts state it.
public struct SurveySetting: Codable, Hashable, Sendable {
    public var year: Int?
    /// As it follows "in": `the United States`.
    public var country: String?

    public init(year: Int? = nil, country: String? = nil) {
        self.year = year
        self.country = country
    }

    public init(_ codebook: Codebook) {
        self.init(year: codebook.year, country: codebook.country)
    }

    /// ` in the United States in 2018`, as far as known.
    var phrase: String {
        (country.map { " in \(oneLine($0))" } ?? "") + (year.map { " in \($0)" } ?? "")
    }

    /// `It is 2018 and I live in the United States.`, as far as known.
    var firstPerson: String {
        switch (year, country.map(oneLine)) {
        case (let year?, let country?): "It is \(year) and I live in \(country)."
        case (let year?, nil): "It is \(year)."
        case (nil, let country?): "I live in \(country)."
        case (nil, nil): ""
        }
    }
}

/// Text with every run of white space as one space, and none at the ends.
func oneLine(_ text: some StringProtocol) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
