extension ReportDocument {
    /// An experiment beside people: a chart a measure, then what was planned.
    public struct Experiment: Hashable, Sendable {
        /// A measure in every cell.
        public struct Chart: Hashable, Sendable {
            public struct Row: Hashable, Sendable {
                public var label: String
                /// `nil` where nothing was decided.
                public var value: Double?
                public var low: Double?
                public var high: Double?
                public var human: Double?
                public var paper: Double?

                public init(
                    label: String, value: Double?, low: Double? = nil, high: Double? = nil, human: Double? = nil,
                    paper: Double? = nil
                ) {
                    (self.label, self.value, self.low, self.high) = (label, value, low, high)
                    (self.human, self.paper) = (human, paper)
                }
            }

            public var title: String
            /// Whether values are shares, drawn from 0 to 100%.
            public var isShare: Bool
            public var rows: [Row]
            /// The same in figures.
            public var table: Table

            public init(title: String, isShare: Bool, rows: [Row], table: Table) {
                (self.title, self.isShare, self.rows, self.table) = (title, isShare, rows, table)
            }
        }

        public struct Table: Hashable, Sendable {
            public var title: String
            /// Of the downloaded file, without `.csv`.
            public var name: String
            public var columns: [String]
            public var rows: [[CSVWriter.Cell]]
            public var note: String?

            public init(title: String, name: String, columns: [String], rows: [[CSVWriter.Cell]], note: String? = nil) {
                (self.title, self.name, self.columns, self.rows, self.note) = (title, name, columns, rows, note)
            }
        }

        public var title: String
        public var lead: [String]
        public var charts: [Chart]
        public var tables: [Table]
        public var remarks: [String]

        public init(title: String, lead: [String], charts: [Chart], tables: [Table], remarks: [String] = []) {
            (self.title, self.lead, self.charts, self.tables, self.remarks) = (title, lead, charts, tables, remarks)
        }
    }
}
