import Foundation
import Reports
import Surveys
import Testing

struct ExportTests {
    @Test func `a spreadsheet obeys no cell`() {
        var writer = CSVWriter(header: ["=cmd()", "b"])
        writer.append(["+1", .number(-1.5)])
        writer.append(["-a \"b\"", .count(nil)])
        writer.append([" @SUM(A1)", .number(.nan)])
        writer.append(["a,b\nc", .number(0.1)])
        writer.append(["\t=1", .text("plain")])
        #expect(
            writer.text == """
                "'=cmd()",b
                "'+1",-1.5
                "'-a ""b""\",
                "' @SUM(A1)",
                "a,b
                c",0.1
                "' =1",plain

                """)
    }

    @Test func `JSON keeps order, digits and every string`() throws {
        let hostile = "</script>\u{1B}[31m\u{202E}\"\\\n\u{0}\u{E0041}é"
        let value: JSONValue = [
            "z": .number(0.1), "a": .integer(-3), "none": JSONValue(Double?.none), "nan": .number(.nan),
            "text": .string(hostile), "list": JSONValue([0.25, 1e-9]), "empty": [], "yes": true,
        ]
        let text = value.written()
        #expect(text.hasPrefix("{\n  \"z\": 0.1,\n  \"a\": -3,\n  \"none\": null,\n  \"nan\": null,"))
        #expect(text.contains("\"list\": [0.25, 1e-09]"))
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
        let read = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(read["text"] as? String == hostile)
        #expect(read["list"] as? [Double] == [0.25, 1e-9])
        #expect(!value.written(compact: true).contains("\n"))
    }

    @Test func `every cell is a row for each of its options`() {
        let cells = SampleReport.cells
        let lines = ComparisonExport.csv(cells: cells).split(separator: "\n")
        #expect(lines.count == 1 + cells.reduce(0) { $0 + $1.options.count })
        #expect(lines[1].hasPrefix("natenvir,ordinal,,none,Too little,0.62,"))
        #expect(Set(lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }) == [37])
        #expect(ComparisonExport.csv(summaries: SampleReport.summaries).split(separator: "\n").count == 10)
    }

    @Test func `the JSON of a comparison has what the values have`() throws {
        let text = ComparisonExport.json(
            [ComparedPanel(cells: SampleReport.cells, summaries: SampleReport.summaries)],
            yardstick: []).written()
        let read = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let cells = try #require(read["cells"] as? [[String: Any]])
        #expect(cells.count == SampleReport.cells.count)
        #expect((cells[0]["mirrors"] as? [String: Any])?["noise_floor"] as? Double == 0.96)
        #expect((read["summaries"] as? [[String: Any]])?.last?["skill"] is NSNull)
    }
}
