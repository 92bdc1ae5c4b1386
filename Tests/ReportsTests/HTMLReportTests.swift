import Foundation
import Reports
import Testing

@testable import Reports

struct HTMLReportTests {
    let page = HTMLReport(SampleReport.document()).rendered()

    @Test func `the policy carries the digest of the page's own style sheet`() throws {
        let sheet = "\(ReportStyle.sheet)"
        #expect("\(ReportStyle.digest)" == base64(sha256(Array(sheet.utf8))))
        #expect(page.contains("<style>\(sheet)</style>"))
        #expect(page.contains("default-src &#39;none&#39;; style-src &#39;sha256-\(ReportStyle.digest)&#39;"))
    }

    @Test func `the test's own SHA-256 is the published one`() {
        #expect(base64(sha256(Array("abc".utf8))) == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
    }

    @Test func `nothing on the page runs, loads or needs a style of its own`() {
        for forbidden in ["<script", "<link", "<img", "<iframe", "http://", "https://", " style=", " onload", "url("] {
            #expect(!page.contains(forbidden), "\(forbidden)")
        }
    }

    @Test func `hostile text is text`() {
        let hostile = "</style></svg><script>alert(1)</script>\" onload='x' \u{202E}gnp\u{1B}[2J\u{0} &lt;"
        let page = HTMLReport(SampleReport.document(hostile: hostile)).rendered()
        #expect(!page.contains("<script"))
        #expect(!page.contains("\" onload"))
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(page.contains("&amp;lt;"))
        #expect(page.unicodeScalars.allSatisfy { $0 == "\n" || !isUnprintable($0) })
        #expect(page.count(of: "</style>") == 1)
        #expect(page.count(of: "<svg") == page.count(of: "</svg>"))
    }

    @Test func `every chart has a title and a description, under identifiers of its own`() {
        let charts = page.count(of: "role=\"img\"")
        #expect(charts > 15)
        #expect(page.count(of: "<desc id=") == charts)
        var seen: Set<Substring> = []
        for part in page.split(separator: " id=\"").dropFirst() {
            let id = part.prefix { $0 != "\"" }
            #expect(seen.insert(id).inserted, "\(id) twice")
        }
        for part in page.split(separator: "aria-labelledby=\"").dropFirst() {
            for id in part.prefix(while: { $0 != "\"" }).split(separator: " ") { #expect(seen.contains(id), "\(id) missing") }
        }
    }

    @Test func `elements are closed in the order they were opened`() {
        var open: [Substring] = []
        for part in page.split(separator: "<").dropFirst() where !part.hasPrefix("!") {
            let name = part.prefix { $0 != " " && $0 != ">" && $0 != "/" }
            if part.hasPrefix("/") {
                #expect(open.popLast() == part.dropFirst().prefix { $0 != ">" })
            } else if !part.prefix(while: { $0 != ">" }).hasSuffix("/") {
                open.append(name)
            }
        }
        #expect(open.isEmpty)
    }

    @Test func `equal documents are equal bytes`() {
        #expect(page == HTMLReport(SampleReport.document()).rendered())
    }

    @Test func `associations, influence and cost are drawn, told in words, and kept as data`() {
        #expect(page.contains("How answers hang together") && page.contains("One half of the people beside the other: r 0.91"))
        #expect(page.contains("Left out, undefined: 1."))
        #expect(page.contains("natenvir and nateduc: people 0.130, model 0.052"))
        #expect(page.contains("What moves answers to natenvir") && page.contains("<td class=\"h7\">0.22</td>"))
        #expect(page.contains("312 different model calls, used 331 times: 62500 tokens read and 90 written in 91.5 s"))
        #expect(page.contains("Cost: unknown: no prices were given."))
        for file in ["pattern-none", "influence", "cost"] { #expect(page.contains("download=\"\(file).csv\""), "\(file)") }
        #expect(RunCost(title: "", rows: []).cost == 0 && RunCost.money(0) == "nothing" && RunCost.money(0.00412) == "0.0041")
    }

    @Test func `who speaks to whom and what news reaches are drawn between their rows`() {
        #expect(page.contains("<title>day 1 07:10: Walt Brandt to Ada Okafor</title>"))
        #expect(page.contains("<title>day 1 07:15: Rosa Delgado hears of the leak from Ada Okafor</title>"))
        #expect(page.contains("class=\"tie tie-new\""))
    }

    @Test func `an empty report is still a page`() {
        let page = HTMLReport(ReportDocument(title: "Nothing", subtitle: "", headline: [], sections: [
            .comparison(.init(title: "None", summaries: [], cells: [])), .town(.init(title: "Town", series: [])),
            .timeline(.init(title: "Time", entries: [])), .cost(RunCost(title: "Cost", rows: [])),
            .influence(.init(title: "Influence", kinds: [], questions: [], caution: "")),
        ])).rendered()
        #expect(page.contains("<h1>Nothing</h1>"))
        #expect(!page.contains("nan"))
    }

    @Test func `text in the page has a contrast of 4_5 to its ground, light and dark`() throws {
        let sheet = "\(ReportStyle.sheet)"
        let roots = sheet.components(separatedBy: ":root{").dropFirst().map { root -> [String: String] in
            var values: [String: String] = [:]
            for pair in root.prefix(while: { $0 != "}" }).split(separator: ";") {
                let parts = pair.split(separator: ":")
                if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
            }
            return values
        }
        #expect(roots.count == 3)
        for root in roots {
            for ground in ["--paper", "--card"] {
                for ink in ["--ink", "--muted", "--link"] {
                    let ratio = contrast(try #require(root[ink]), try #require(root[ground]))
                    #expect(ratio >= 4.5, "\(ink) on \(ground): \(ratio)")
                }
                for fill in ["--s0", "--s1", "--s2", "--s3", "--s4"] {
                    #expect(contrast(try #require(root[fill]), try #require(root[ground])) >= 3, "\(fill)")
                }
            }
            for option in 0..<7 {
                #expect(contrast(try #require(root["--o\(option)"]), try #require(root["--on"])) >= 4.5, "o\(option)")
            }
        }
        for step in 0..<8 {
            let rule = try #require(sheet.split(separator: ".h\(step){background:").dropFirst().first)
            let parts = rule.prefix { $0 != "}" }.split(separator: ";color:")
            #expect(contrast(String(parts[0]), String(parts[1])) >= 4.5, "h\(step)")
        }
    }

    /// Writes the sample where POPULACE_SAMPLE_REPORT says, to be looked at.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["POPULACE_SAMPLE_REPORT"] != nil))
    func `the sample can be looked at`() throws {
        let path = try #require(ProcessInfo.processInfo.environment["POPULACE_SAMPLE_REPORT"])
        try page.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(FileManager.default.fileExists(atPath: path))
    }
}

extension String {
    func count(of part: String) -> Int { components(separatedBy: part).count - 1 }
}

/// WCAG 2 contrast of two colours written `#rgb` or `#rrggbb`.
private func contrast(_ a: String, _ b: String) -> Double {
    func luminance(_ colour: String) -> Double {
        var digits = Array(colour.dropFirst())
        if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
        let parts = stride(from: 0, to: 6, by: 2).map { index -> Double in
            let value = Double(Int(String(digits[index...index + 1]), radix: 16) ?? 0) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    let (x, y) = (luminance(a), luminance(b))
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
