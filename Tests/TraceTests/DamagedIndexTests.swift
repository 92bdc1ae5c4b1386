import Foundation
import Testing

@testable import Trace

@Suite struct DamagedIndexTests {
    private let documents = ["one two three two", "two é. One 本本", ""]

    /// Everything that can be asked: a wrong answer is not of interest here, a crash is.
    private func ask(_ index: CorpusIndex) throws -> [Int] {
        var counts: [Int] = []
        for phrase in ["two", "one two", "é", "本", "three two"] {
            let matches = try index.matches(of: phrase)
            counts += [matches.count, try index.documents(of: matches)?.documents ?? -1]
        }
        counts.append(try index.passages(of: "two three two two é", atLeast: 1).count)
        return counts
    }

    @Test func `whichever byte changes, nothing crashes and a check finds it`() throws {
        let scratch = try Scratch()
        let index = try scratch.index(try scratch.rows(documents), blockLength: 16, longestPhrase: 32)
        let (whole, answers) = (try scratch.bytes("c.trace"), try ask(index))
        try index.check()
        var unnoticed = 0
        for place in whole.indices {
            var bytes = whole
            bytes[place] ^= place % 2 == 0 ? 0x01 : 0xFF
            try Data(bytes).write(to: scratch.url.appending(path: "d.trace"))
            do {
                let changed = try CorpusIndex(scratch.path("d.trace"))
                do { _ = try ask(changed) } catch is TraceError {}
                do {
                    try changed.check()
                    // What fills up to a multiple of eight.
                    #expect(try ask(changed) == answers)
                    unnoticed += 1
                } catch is TraceError {}
            } catch is TraceError {}
        }
        #expect(unnoticed <= 7 * (3 + index.description.blockCount))
    }

    @Test func `a file that was cut off or is none of ours is an error that says so`() throws {
        let scratch = try Scratch()
        _ = try scratch.index(documents)
        let whole = try scratch.bytes("c.trace")
        for length in whole.indices where length % 5 == 0 || length > whole.count - 60 {
            try Data(whole.prefix(length)).write(to: scratch.url.appending(path: "d.trace"))
            #expect(throws: TraceError.self) { try CorpusIndex(scratch.path("d.trace")) }
        }
        try scratch.write(String(repeating: "nonsense ", count: 100), "d.trace")
        for path in [scratch.path("d.trace"), scratch.path("none"), scratch.url.path, "/dev/null"] {
            #expect(throws: TraceError.notAnIndex(path: path)) { try CorpusIndex(path) }
        }
    }

    @Test func `a description that does not fit its file is refused, however well sealed`() throws {
        let scratch = try Scratch()
        let index = try scratch.index(try scratch.rows(documents), blockLength: 16, longestPhrase: 32)
        let whole = try scratch.bytes("c.trace")
        let body = whole.count - IndexDescription.tail - (try index.description.encoded().count)
        func opens(_ change: (inout IndexDescription) -> Void) throws -> Bool {
            var description = index.description
            change(&description)
            let encoded = try description.encoded()
            var digest = Digest()
            digest.update(encoded)
            let length = (0..<8).map { UInt8(truncatingIfNeeded: encoded.count >> ($0 * 8)) }
            var bytes = Array(whole.prefix(body))
            for part in [encoded, length, digest.bytes, IndexDescription.magic] { bytes += part }
            try Data(bytes).write(to: scratch.url.appending(path: "d.trace"))
            do { _ = try ask(try CorpusIndex(scratch.path("d.trace"))) } catch is TraceError { return false }
            return true
        }
        #expect(try opens { _ in })
        for change: (inout IndexDescription) -> Void in [
            { $0.text.length = .max }, { $0.text.length = -1 }, { $0.text.offset = 0 }, { $0.documents = .max },
            { $0.documents = -1 }, { $0.files = 1 << 60 }, { $0.blocks[0].offset = .max - 4 }, { $0.blocks[0].words = .max / 2 },
            { $0.blocks[1].offset = 0 }, { $0.blocks[1].start += 1 }, { $0.blocks.removeLast() }, { $0.blocks = [] },
            { $0.blocks[0].length = -16 }, { $0.names.offset = -8 }, { $0.names.length = 1 << 62 }, { $0.nameTable.length = 4 },
            { $0.longestPhrase = 0 }, { $0.format = 2 }, { $0.documentTable.offset += 1 },
        ] {
            #expect(try !opens(change))
        }
    }
}
