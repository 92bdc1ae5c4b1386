import Crypto
import Foundation
import Testing

@testable import LiveView

struct LivePageTests {
    private let page = LivePage()

    private func between(_ start: String, _ end: String) throws -> String {
        let from = try #require(page.html.range(of: start))
        let to = try #require(page.html.range(of: end, range: from.upperBound..<page.html.endIndex))
        return String(page.html[from.upperBound..<to.lowerBound])
    }

    @Test func `the policy lets in exactly the page's own script and style`() throws {
        for (part, source) in [
            (try between("<script>", "</script>"), "script-src"), (try between("<style>", "</style>"), "style-src"),
        ] {
            #expect(part.count > 1000)
            let digest = Data(SHA256.hash(data: Data(part.utf8))).base64EncodedString()
            #expect(page.policy.contains("\(source) 'sha256-\(digest)'"))
        }
        #expect(page.policy.hasPrefix("default-src 'none'; "))
        #expect(!page.policy.contains("unsafe"))
    }

    @Test func `the page names no other machine, and makes markup of no text`() {
        #expect(page.html.matches(of: /https?:\/\/[^"]+/).map { String($0.output) } == ["http://www.w3.org/2000/svg"])
        for danger in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "style=", "onclick"] {
            #expect(!page.html.contains(danger), "\(danger)")
        }
    }

    @Test func `initials are those of the first and the last name`() {
        #expect(WorldOutline.initials("Rosa Delgado") == "RD")
        #expect(WorldOutline.initials("Rosa Maria de la Cruz") == "RC")
        #expect(WorldOutline.initials("Björk") == "B")
        #expect(WorldOutline.initials("") == "")
    }

    @Test func `a plan is a line a step`() {
        #expect(WorldOutline.steps("07:00 eat; drink (diner); 08:30 open up (shop)") == ["07:00 eat; drink (diner)", "08:30 open up (shop)"])
        #expect(WorldOutline.steps("") == [])
    }
}
