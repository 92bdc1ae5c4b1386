import Files
import Foundation
import Surveys
import Testing

/// Independently computed values, kept in Fixtures (scipy, numpy, statsmodels; see METRICS in the founders' notes).
enum Reference {
    static func json(_ name: String) throws -> [String: Any] {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "json"))
        return try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A shipped survey and its people.
    static func survey(_ id: String) throws -> (codebook: Codebook, respondents: [Respondent]) {
        let file = try StudyFiles().loadSurvey(root.appending(path: "Personas/\(id).survey.yaml").path).value
        let path = try #require(file.dataPath)
        let table = try CSVTable([UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
        let (respondents, mismatches) = file.codebook.respondents(from: table)
        #expect(mismatches.isEmpty)
        return (file.codebook, respondents)
    }
}

extension Dictionary where Key == String, Value == Any {
    func object(_ key: String) -> [String: Any] { self[key] as? [String: Any] ?? [:] }
    func number(_ key: String) -> Double? { (self[key] as? NSNumber)?.doubleValue }
    func numbers(_ key: String) -> [Double] { (self[key] as? [NSNumber] ?? []).map(\.doubleValue) }
}

func near(_ a: Double?, _ b: Double?, _ tolerance: Double = 1e-9) -> Bool {
    switch (a, b) {
    case (nil, nil): true
    case (let a?, let b?): abs(a - b) <= tolerance
    default: false
    }
}
