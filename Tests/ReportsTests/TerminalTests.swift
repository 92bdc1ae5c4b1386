import Testing

@testable import Reports

struct TerminalTests {
    @Test func `what a terminal would obey is written out`() {
        #expect(sanitised("\u{1B}[31mred\u{7}") == "\\u{1B}[31mred\\u{7}")
        #expect(sanitised("abc\u{202E}fed\u{2066}\u{200F}") == "abc\\u{202E}fed\\u{2066}\\u{200F}")
        #expect(sanitised("\u{9B}2J a\u{0}b") == "\\u{9B}2J a\\u{0}b")
        #expect(sanitised("a\r\nb\tc") == "a  b c")
        #expect(sanitised("a\r\nb", keepingLines: true) == "a\nb")
        #expect(sanitised("Zoë 👩‍🌾 東京 مرحبا") == "Zoë 👩‍🌾 東京 مرحبا")
    }

    @Test func `every scalar of two planes is either visible or written out`() {
        for value in (0 as UInt32)..<0x2_0000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let shown = sanitised(String(scalar))
            #expect(shown.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control && !isUnprintable($0) })
        }
    }

    @Test func `wide characters take two columns and combining marks none`() {
        #expect(displayWidth("Zoe\u{308}") == 3)
        #expect(displayWidth("東京") == 4)
        #expect(displayWidth("👩‍🌾") == 2)
        #expect(displayWidth("❤️") == 2)
        #expect(displayWidth("한글") == 4)
        #expect(truncated("東京都", to: 4) == "東…")
        #expect(truncated("abc", to: 3) == "abc")
    }

    @Test func `a table is aligned by what is seen`() {
        let table = TerminalTable(
            titles: ["person", "n", "share"],
            rows: [
                ["Zoë", .count(7), .percent(0.5)], ["東京\u{1B}[2J", .count(nil), .percent(nil)],
                ["a", .count(1154), .percent(1)],
            ])
        #expect(
            table.rendered() == """
                person            n  share
                ─────────────  ────  ─────
                Zoë               7    50%
                東京\\u{1B}[2J     -      -
                a              1154   100%

                """)
    }

    @Test func `a table never passes its width, whatever is in it`() {
        var generator = Sequence64(state: 3)
        for _ in 0..<200 {
            let rows = (0..<4).map { _ -> [TerminalTable.Cell] in
                [
                    .text(String(repeating: ["x", "東", "é "][Int(generator.next() % 3)], count: Int(generator.next() % 90))),
                    .number(Double(generator.next() % 100_000) / 7, decimals: 2),
                    .text(String(repeating: "word ", count: Int(generator.next() % 30))),
                ]
            }
            for line in TerminalTable(titles: ["a", "b", "c"], rows: rows).rendered().split(separator: "\n") {
                #expect(displayWidth(String(line)) <= 80)
                #expect(line.last != " ")
            }
        }
    }

    @Test func `bars grow with their share and never leave their width`() {
        #expect(Bar.text(0, width: 8) == "")
        #expect(Bar.text(nil, width: 8) == "")
        #expect(Bar.text(.nan, width: 8) == "")
        #expect(Bar.text(1e-9, width: 8) == "▏")
        #expect(Bar.text(0.5, width: 8) == "████")
        #expect(Bar.text(0.55, width: 8) == "████▍")
        #expect(Bar.text(7, width: 8) == "████████")
    }

    @Test func `words are broken at spaces`() {
        #expect(wrapped("one two three", to: 7) == "one two\nthree")
        #expect(wrapped("a incomprehensibilities b", to: 5) == "a\nincom\nprehe\nnsibi\nlitie\ns b")
        #expect(wrapped("", to: 5) == "")
    }
}
