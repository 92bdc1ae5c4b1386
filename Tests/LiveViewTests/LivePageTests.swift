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
        for danger in [
            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "style=", "onclick",
        ] {
            #expect(!page.html.contains(danger), "\(danger)")
        }
    }

    /// The ratio of two colours' luminances, 1...21.
    ///
    /// - Source: WCAG 2.2, "contrast ratio".
    private func contrast(_ a: Int, _ b: Int) -> Double {
        func luminance(_ colour: Int) -> Double {
            zip([16, 8, 0], [0.2126, 0.7152, 0.0722]).reduce(0) { sum, part in
                let value = Double(colour >> part.0 & 255) / 255
                return sum + part.1 * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
            }
        }
        let (light, dark) = (max(luminance(a), luminance(b)), min(luminance(a), luminance(b)))
        return (light + 0.05) / (dark + 0.05)
    }

    @Test(arguments: [0, 1]) func `every text stands out from what is behind it, light and dark`(_ scheme: Int) throws {
        let themes = page.html.matches(of: /:root \{([^}]+)\}/)
        try #require(themes.count == 2)
        let colours = Dictionary(
            uniqueKeysWithValues: themes[scheme].output.1.matches(of: /--([a-z-]+): #([0-9a-f]{6}|[0-9a-f]{3});/).map {
                let short = $0.output.2.count == 3
                let digits = short ? $0.output.2.map { "\($0)\($0)" }.joined() : String($0.output.2)
                return (String($0.output.1), Int(digits, radix: 16) ?? 0)
            })
        for (text, ground) in [
            ("ink", "paper"), ("muted", "paper"), ("ink", "card"), ("muted", "card"), ("on-dot", "dot"),
            ("on-dot", "walking"), ("asleep", "card"), ("ink", "bubble"),
        ] {
            let ratio = contrast(try #require(colours[text]), try #require(colours[ground]))
            #expect(ratio >= 4.5, "\(text) on \(ground): \(ratio)")
        }
    }

    @Test func `initials are those of the first and the last name`() {
        #expect(WorldOutline.initials("Rosa Delgado") == "RD")
        #expect(WorldOutline.initials("Rosa Maria de la Cruz") == "RC")
        #expect(WorldOutline.initials("Björk") == "B")
        #expect(WorldOutline.initials("") == "")
    }

    @Test func `a plan is a line a step`() {
        let steps = WorldOutline.steps("07:00 eat; drink (diner); 08:30 open up (shop)")
        #expect(steps == ["07:00 eat; drink (diner)", "08:30 open up (shop)"])
        #expect(WorldOutline.steps("") == [])
    }
}
