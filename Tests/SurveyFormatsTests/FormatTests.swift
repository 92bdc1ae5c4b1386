import Foundation
import Surveys
@testable import SurveyFormats
import Testing

@Suite struct FormatTests {
    @Test(arguments: [
        ("survey.sav", "survey.csv"), ("survey.zsav", "survey.csv"), ("survey.dta", "stata.csv"), ("survey.por", "short.csv"),
        ("survey.xpt", "short.csv"), ("legacy.sav", "legacy.csv"),
    ])
    func `a data file gives the rows of the CSV file beside it`(name: String, csv: String) throws {
        let table = try Fixture.table(csv)
        let (metadata, rows) = try Fixture.read(Fixture.path(name))
        #expect(metadata.variables.map(\.name) == table.header)
        #expect(rows.count == 40)
        for (row, expected) in zip(rows, table.rows) {
            for (column, (cell, wanted)) in zip(row, expected.cells).enumerated() where cell != wanted {
                // The portable format writes numbers in base 30, and not all digits of a third.
                let isClose = name.hasSuffix("por") && abs((Double(cell) ?? .nan) - (Double(wanted) ?? .nan)) < 1e-12
                #expect(isClose, "line \(expected.line), \(table.header[column]): '\(cell)', not '\(wanted)'")
            }
        }
        let here = try Fixture.parse(Fixture.path(name))
        #expect(here.metadata == metadata)
        #expect(here.rows == rows)
    }

    @Test(arguments: ["survey.sav", "survey.zsav"])
    func `SPSS files keep labels, measures, missing rules and widths`(name: String) throws {
        let metadata = try SurveyReader().metadata(of: Fixture.path(name))
        #expect(metadata.label == "A small survey" && metadata.rowCount == 40)
        let natsci = try #require(metadata.variables.first { $0.name == "natsci" })
        #expect(natsci.label == "Spending on science" && natsci.measure == .ordinal)
        #expect(natsci.labels.map(\.cell) == ["0", "1", "2", "3", "8", "9"])
        #expect(natsci.labels.map(\.text) == ["Inapplicable", "Too little", "About right", "Too much", "Don't know", "Refused"])
        #expect(["0", "8", "9", ""].allSatisfy(natsci.isMissing) && !["1", "2", "3"].contains(where: natsci.isMissing))
        let party = try #require(metadata.variables.first { $0.name == "party" })
        #expect(party.missing == [.init(low: -9, high: -1)] && party.isMissing("-5") && !party.isMissing("1"))
        let essay = try #require(metadata.variables.first { $0.name == "essay" })
        guard case .text(let width) = essay.kind else { Issue.record("the essay is no text"); return }
        #expect(width >= 336)
        #expect(metadata.variables.first { $0.name == "born" }?.format == "DATETIME20")
    }

    @Test func `Stata files keep tagged missing values apart, and their labels`() throws {
        let (metadata, rows) = try Fixture.read(Fixture.path("survey.dta"))
        let natsci = try #require(metadata.variables.first { $0.name == "natsci" })
        #expect(natsci.labels.map(\.cell) == ["1", "2", "3", ".d", ".i", ".r"])
        #expect(natsci.labels.last?.text == "Refused")
        #expect(Set(rows.map { $0[1] }) == ["1", "2", "3", ".d", ".r", ".i", ""])
    }

    @Test func `a file of before Unicode is read in its own encoding`() throws {
        let (metadata, rows) = try Fixture.read(Fixture.path("legacy.sav"))
        #expect(metadata.encoding == "WINDOWS-1252")
        #expect(rows.prefix(4).map { $0[2] } == ["Zürich", "Århus", "São Paulo", "Köln"])
        #expect(metadata.variables[1].labels.map(\.text) == ["Zu wenig", "Genügend"])
        #expect(metadata.variables[2].label == "Mühle")
    }

    @Test func `SAS files give rows and tagged missing values`() throws {
        let (metadata, rows) = try Fixture.read(Fixture.path("small.sas7bdat"))
        #expect(metadata.variables.map(\.name) == ["ID", "NATSCI", "CITY"])
        #expect(rows.map { $0[1] } == ["1", "2", "3", ".d", "", "3", "1", ".d", "3", "", "2", ".d"])
        #expect(rows[0] == ["1", "1", "Aarhus"])
    }

    @Test func `only the columns asked for are read, in file order`() throws {
        let (_, rows) = try Fixture.read(Fixture.path("survey.sav"), columns: ["party", "ID", "nonsense"])
        #expect(rows.first == ["1001", "1"] && rows.count == 40)
    }

    @Test func `numbers are written as a CSV file has them`() {
        func text(_ number: Double) -> String {
            var bytes: [UInt8] = []
            CellText().append(number: number, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect([0, -0.0, 7, -12, 1001, 0.1, 1.0 / 3, -2.5].map(text) == ["0", "0", "7", "-12", "1001", "0.1", "0.3333333333333333", "-2.5"])
        #expect(text(13_710_816_000) == "13710816000" && text(1e300) == "1e+300")
    }

    @Test func `tabs, line ends and backslashes in a cell survive the way between processes`() {
        var line: [UInt8] = []
        for (index, cell) in ["a\tb", "c\\n", "d\ne", ""].enumerated() {
            if index > 0 { line.append(9) }
            cell.withCString { CellText().append(text: $0, to: &line) }
        }
        #expect(!line.contains(10))
        #expect(line.withUnsafeBufferPointer { CellText.cells($0, count: 4) } == ["a\tb", "c\\n", "d\ne", ""])
    }

    @Test func `bytes that are not UTF-8 are Windows-1252 only where the file declares no encoding`() {
        let raw: [CChar] = [0x5A, CChar(bitPattern: 0xFC), CChar(bitPattern: 0x80), 0]
        #expect(raw.withUnsafeBufferPointer { CellText(assumesWindows1252: true).string($0.baseAddress) } == "Zü€")
        #expect(raw.withUnsafeBufferPointer { CellText().string($0.baseAddress) } == "Z\u{FFFD}\u{FFFD}")
    }
}
