public import Surveys

/// What a report says, before it is a page.
public struct ReportDocument: Hashable, Sendable {
    public var title: String
    public var subtitle: String
    /// Paragraphs of the summary; see ``ComparisonHeadline``.
    public var headline: [String]
    public var sections: [Section]

    public init(title: String, subtitle: String, headline: [String], sections: [Section]) {
        self.title = title
        self.subtitle = subtitle
        self.headline = headline
        self.sections = sections
    }

    public enum Section: Hashable, Sendable {
        case comparison(Comparison)
        case town(TownOverTime)
        case experiment(Experiment)
        case measures(title: String, TownMeasures)
        case timeline(Timeline)
        case facts(Facts)
        case caveats(title: String, [String])
    }

    /// A panel beside people.
    public struct Comparison: Hashable, Sendable {
        public var title: String
        public var lead: String?
        public var summaries: [ComparisonSummary]
        public var cells: [ComparisonCell]
        /// What stands in them and in further findings, one a correction; may be empty.
        public var panels: [ComparedPanel]
        /// Variables of the yardstick.
        public var yardstick: [String]
        /// The words of each question, by id, for the charts' captions.
        public var questions: [QuestionText]

        public init(
            title: String, lead: String? = nil, summaries: [ComparisonSummary], cells: [ComparisonCell],
            panels: [ComparedPanel] = [], yardstick: [String] = [], questions: [QuestionText] = []
        ) {
            self.panels = panels
            self.yardstick = yardstick
            self.title = title
            self.lead = lead
            self.summaries = summaries
            self.cells = cells
            self.questions = questions
        }
    }

    public struct QuestionText: Hashable, Sendable {
        public var id: String
        public var ask: String

        public init(id: String, ask: String) {
            self.id = id
            self.ask = ask
        }
    }

    /// Answers of a town to the same questions at several moments.
    public struct TownOverTime: Hashable, Sendable {
        public struct Moment: Hashable, Sendable {
            /// `day 1 08:00`
            public var time: String
            public var answers: AnswerDistribution

            public init(time: String, answers: AnswerDistribution) {
                self.time = time
                self.answers = answers
            }
        }

        public struct Series: Hashable, Sendable {
            public var question: String
            public var ask: String?
            public var options: [String]
            public var moments: [Moment]

            public init(question: String, ask: String? = nil, options: [String], moments: [Moment]) {
                self.question = question
                self.ask = ask
                self.options = options
                self.moments = moments
            }
        }

        public var title: String
        public var lead: String?
        public var series: [Series]

        public init(title: String, lead: String? = nil, series: [Series]) {
            self.title = title
            self.lead = lead
            self.series = series
        }
    }

    /// What happened, in resolved order.
    public struct Timeline: Hashable, Sendable {
        public struct Entry: Hashable, Sendable {
            /// Seconds of the world's clock, for the chart.
            public var seconds: Int
            /// `day 1 08:00`
            public var time: String
            public var place: String
            /// `nil` for the world's own events.
            public var who: String?
            /// `say`, `move`, `act`, ...
            public var kind: String
            public var text: String

            public init(seconds: Int, time: String, place: String, who: String?, kind: String, text: String) {
                self.seconds = seconds
                self.time = time
                self.place = place
                self.who = who
                self.kind = kind
                self.text = text
            }
        }

        public var title: String
        public var lead: String?
        public var entries: [Entry]

        public init(title: String, lead: String? = nil, entries: [Entry]) {
            self.title = title
            self.lead = lead
            self.entries = entries
        }
    }

    /// Names and values, such as what is needed to reproduce a run.
    public struct Facts: Hashable, Sendable {
        public struct Fact: Hashable, Sendable {
            public var name: String
            public var value: String

            public init(_ name: String, _ value: String) {
                self.name = name
                self.value = value
            }
        }

        public var title: String
        public var facts: [Fact]

        public init(title: String, facts: [Fact]) {
            self.title = title
            self.facts = facts
        }
    }
}
