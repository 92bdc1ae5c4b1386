import Foundation
import Surveys
@testable import SurveyFormats
import Testing

/// The shipped data files; how they were made is in Fixtures/make.py.
enum Fixture {
    static func path(_ name: String) throws -> String {
        try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil)).path
    }

    static func table(_ name: String) throws -> CSVTable { try CSVTable([UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name))))) }

    static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name)))) }

    /// By a process of its own, as the program reads.
    static func read(_ path: String, columns: Set<String>? = nil) throws -> (metadata: SurveyMetadata, rows: [[String]]) {
        var rows: [[String]] = []
        let metadata = try SurveyReader().read(path, columns: columns) { number, cells in
            rows.append(cells)
            #expect(number == rows.count)
        }
        return (metadata, rows)
    }

    /// In this process.
    static func parse(_ path: String) throws -> (metadata: SurveyMetadata, rows: [[String]]) {
        let parse = try SurveyParse(path)
        var rows: [[String]] = []
        let count = try parse.readRows(columns: nil) { line in
            rows.append(CellText.cells(line, count: parse.metadata.variables.count))
            return true
        }
        #expect(count == rows.count)
        return (parse.metadata, rows)
    }

    /// A folder that is gone afterwards.
    static func inFolder<Value>(_ work: (URL) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "formats-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try work(folder)
    }
}
