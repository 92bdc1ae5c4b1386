import Foundation
import Kernel
import Testing

@testable import Trace

@Suite struct CorpusIndexTests {
    /// A corpus of one to a dozen documents, some of them longer than several blocks.
    private struct MadeUp {
        var scratch: Scratch
        var index: CorpusIndex
        var scan: Scan
        var documents: [String]
    }

    private func corpus(_ number: Int, using stream: inout RandomStream) throws -> MadeUp {
        let documents = (0..<Int.random(in: 1...12, using: &stream)).map { _ in
            Scan.text(Int.random(in: 0...(Bool.random(using: &stream) ? 20 : 200), using: &stream), using: &stream)
        }
        let folds = number % 2 == 1
        let scratch = try Scratch()
        let index = try scratch.index(
            try scratch.rows(documents), folding: folds, blockLength: Int.random(in: 5...150, using: &stream), longestPhrase: 40)
        return MadeUp(scratch: scratch, index: index, scan: Scan(documents, folding: folds), documents: documents)
    }

    @Test func `10,000 phrases stand where a scan of every character finds them, in the same documents`() throws {
        var (asked, found, blocks) = (0, 0, 0)
        for number in 0..<50 {
            var stream = RandomStream(seed: 7, "trace", String(number))
            let made = try corpus(number, using: &stream)
            let (index, scan, documents) = (made.index, made.scan, made.documents)
            blocks = max(blocks, index.description.blockCount)
            for turn in 0..<200 {
                var phrase = Scan.text(Int.random(in: 1...5, using: &stream), using: &stream)
                if turn % 2 == 0, let text = documents.randomElement(using: &stream), !text.isEmpty {
                    let scalars = Array(text.unicodeScalars)
                    let start = Int.random(in: scalars.indices, using: &stream)
                    phrase = String(String.UnicodeScalarView(scalars[start...].prefix(Int.random(in: 1...9, using: &stream))))
                }
                asked += 1
                guard let wanted = Scan.phrase(phrase, index.description.folds) else {
                    #expect(throws: TraceError.self) { try index.matches(of: phrase) }
                    continue
                }
                let matches = try index.matches(of: phrase)
                let counts = scan.counts(wanted)
                #expect(matches.count == counts.reduce(0, +), "\(number): \(phrase.debugDescription)")
                let named = try #require(try index.documents(of: matches, naming: .max))
                #expect(named.documents == counts.count { $0 > 0 })
                for one in named.most {
                    let line = try #require(one.name.split(separator: ":").last.flatMap { Int($0) })
                    #expect(one.name == "c.jsonl:\(line)" && one.count == counts[line - 1])
                }
                if matches.count > 0 { found += 1 }
            }
        }
        #expect(asked == 10_000 && found > 3000 && blocks > 10)
    }

    @Test func `the passages of a text are all that a scan finds, none part of another`() throws {
        var several = 0
        for number in 0..<30 {
            var stream = RandomStream(seed: 7, "trace", String(number))
            let made = try corpus(number, using: &stream)
            let (index, scan, documents) = (made.index, made.scan, made.documents)
            let text = (0..<4).map { _ -> String in
                let source = documents.randomElement(using: &stream).map { String($0.prefix(12)) } ?? ""
                return source + Scan.text(3, using: &stream)
            }.joined(separator: " ")
            let normal = Scan.normal(text, scan.folds)
            let starts = normal.indices.filter { Scan.begins(normal, $0) }
            let ends = starts.map { start -> Int in
                guard Scan.kind(normal[start]) == .letter else { return start + 1 }
                return normal[start...].firstIndex { Scan.kind($0) != .letter } ?? normal.count
            }
            var wanted: [(start: Int, words: Int)] = []
            var reached = 0
            for start in starts.indices {
                let most = (start..<ends.count).last { end in
                    let phrase = Array(normal[starts[start]..<ends[end]])
                    return String(String.UnicodeScalarView(phrase)).utf8.count <= 40 && scan.counts(phrase).contains { $0 > 0 }
                }
                guard let most, most + 1 > reached else { continue }
                reached = most + 1
                wanted.append((start, most + 1 - start))
            }
            let found = try index.passages(of: text, atLeast: 1)
            #expect(found.map(\.start).sorted() == wanted.map(\.start), "\(number)")
            for one in found {
                #expect(wanted.contains { $0.start == one.start && $0.words == one.words })
                #expect(one.matches.count == scan.counts(Array(one.text.unicodeScalars)).reduce(0, +))
                #expect(try index.holds(text, one))
            }
            #expect(zip(found, found.dropFirst()).allSatisfy { $0.words >= $1.words })
            #expect(try index.passages(of: text, atLeast: 2).count == wanted.count { $0.words >= 2 })
            if wanted.contains(where: { $0.words > 2 }) { several += 1 }
        }
        #expect(several > 10)
    }

    @Test func `white space is one space, words are whole, and capitals count unless they are folded`() throws {
        let scratch = try Scratch()
        let documents = ["Too\n  much art.", "The party is too much, too muchly", "TOO MUCH"]
        let plain = try scratch.index(documents)
        for (phrase, count) in [
            ("too much", 1), ("Too much", 1), ("Too  much\tart", 1), ("art", 1), ("part", 0), ("party", 1), ("much", 2),
            ("  \"TOO MUCH\"", 0), ("much,", 1), ("too muc", 0),
        ] {
            #expect(try plain.matches(of: phrase).count == count, "\(phrase)")
        }
        let folded = try scratch.index(documents, folding: true)
        #expect(try folded.matches(of: "Too Much").count == 3)
    }

    @Test func `a phrase without a word, with a NUL or too long is refused`() throws {
        let scratch = try Scratch()
        let index = try scratch.index(["a b"])
        for phrase in ["", " -- ", "a\u{0}", String(repeating: "a", count: 65)] {
            #expect(throws: TraceError.self) { try index.matches(of: phrase) }
        }
        #expect(try index.passages(of: " ... ", atLeast: 1).isEmpty)
        #expect(try index.passages(of: "", atLeast: 1).isEmpty)
    }

    @Test func `a corpus without a word is indexed and holds nothing`() throws {
        let scratch = try Scratch()
        let index = try scratch.index(["", " . "])
        #expect(try index.matches(of: "a").count == 0)
        #expect(index.description.documents == 2 && index.description.words == 0)
    }
}
