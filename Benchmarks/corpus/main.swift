// A made-up corpus, and how long an index of it takes to answer.
//
//   corpus make FOLDER MEGABYTES    files of 1 MB: words of a vocabulary of 50,000 by Zipf's law, in sentences and
//                                  paragraphs, of which one in twenty is an earlier one again
//   corpus ask INDEX FOLDER COUNT   phrases of 1 to 8 words out of the files, every second one with its last word changed,
//                                  and passages of 40 words; milliseconds of each, as JSON
import Foundation
import Kernel
import Trace

let arguments = CommandLine.arguments

struct MadeUpText {
    private let words: [[UInt8]]
    private let cumulative: [Double]
    private var stream = RandomStream(seed: 11, "text")
    private var paragraphs: [[UInt8]] = []

    init() {
        var stream = RandomStream(seed: 11, "words")
        let syllables = ["ba", "den", "ko", "li", "mar", "no", "pe", "ra", "sti", "tu", "ver", "zo", "an", "el", "is", "or"]
        var seen: Set<String> = []
        while seen.count < 50_000 {
            seen.insert((0..<Int.random(in: 1...4, using: &stream)).map { _ in syllables.randomElement(using: &stream)! }.joined())
            if seen.count < 50_000 { seen.insert("w\(seen.count)") }
        }
        // Short words are the common ones.
        words = seen.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }.map { Array($0.utf8) }
        var sum = 0.0
        cumulative = (1...50_000).map { rank in
            sum += 1 / Double(rank)
            return sum
        }
    }

    private mutating func word() -> [UInt8] {
        let drawn = stream.unit() * cumulative[cumulative.count - 1]
        var (low, high) = (0, cumulative.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] > drawn { high = middle } else { low = middle + 1 }
        }
        return words[low]
    }

    mutating func paragraph() -> [UInt8] {
        if paragraphs.count == 1000, Int.random(in: 0..<20, using: &stream) == 0 {
            return paragraphs[Int.random(in: 0..<1000, using: &stream)]
        }
        var text: [UInt8] = []
        for _ in 0..<Int.random(in: 2...8, using: &stream) {
            let count = Int.random(in: 5...25, using: &stream)
            for place in 0..<count {
                if place > 0 { text.append(32) }
                text += word()
            }
            text += Array(". ".utf8)
        }
        text += Array("\n\n".utf8)
        if paragraphs.count < 1000 {
            paragraphs.append(text)
        } else {
            paragraphs[Int.random(in: 0..<1000, using: &stream)] = text
        }
        return text
    }
}

func make(_ folder: String, _ megabytes: Int) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var text = MadeUpText()
    for number in 0..<megabytes {
        var file: [UInt8] = []
        while file.count < 1_000_000 { file += text.paragraph() }
        try Data(file.prefix(1_000_000)).write(to: URL(fileURLWithPath: "\(folder)/\(number).txt"))
    }
}

func ask(_ path: String, _ folder: String, _ count: Int) throws {
    let index = try CorpusIndex(path)
    let files = index.description.documents
    var stream = RandomStream(seed: 5, "ask")
    func words(_ wanted: Int) throws -> [Substring] {
        while true {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: "\(folder)/\(Int.random(in: 0..<files, using: &stream)).txt"))
            try file.seek(toOffset: UInt64.random(in: 0..<990_000, using: &stream))
            let text = String(decoding: try file.read(upToCount: 4000) ?? Data(), as: UTF8.self)
            try file.close()
            // The first may have lost its beginning.
            let found = text.split(whereSeparator: \.isWhitespace).dropFirst()
            if found.count > wanted { return Array(found.prefix(wanted)) }
        }
    }
    func milliseconds(_ texts: [String], _ work: (String) throws -> Int) rethrows -> (times: [Double], found: Int) {
        var (times, found) = ([Double](), 0)
        for text in texts {
            let start = ContinuousClock.now
            let count = try work(text)
            times.append((ContinuousClock.now - start) / .milliseconds(1))
            if count > 0 { found += 1 }
        }
        return (times.sorted(), found)
    }
    let phrases = try (0..<count).map { number -> String in
        var phrase = try words(Int.random(in: 1...8, using: &stream))
        if number % 2 == 1 { phrase[phrase.count - 1] = "w\(Int.random(in: 0..<50_000, using: &stream))" }
        return phrase.joined(separator: " ")
    }
    let texts = try (0..<count / 10).map { _ in try words(40).joined(separator: " ") }
    let asked = try milliseconds(phrases) { try index.matches(of: $0).count }
    let passages = try milliseconds(texts) { try index.passages(of: $0, atLeast: 4).count }
    let report: [String: Any] = [
        "phrases": count, "found": asked.found, "median": asked.times[count / 2], "p99": asked.times[count * 99 / 100],
        "passages": passages.times[texts.count / 2], "blocks": index.description.blockCount,
        "phrase": phrases[0],
    ]
    print(String(decoding: try JSONSerialization.data(withJSONObject: report, options: .sortedKeys), as: UTF8.self))
}

switch arguments.dropFirst().first {
case "make": try make(arguments[2], Int(arguments[3])!)
case "ask": try ask(arguments[2], arguments[3], Int(arguments[4])!)
default:
    try FileHandle.standardError.write(contentsOf: Data("corpus make FOLDER MEGABYTES, or corpus ask INDEX FOLDER COUNT\n".utf8))
    exit(64)
}
