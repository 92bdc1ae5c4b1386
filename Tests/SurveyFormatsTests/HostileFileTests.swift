import Foundation
@testable import SurveyFormats
import Testing

/// Damaged files never crash, hang or flood this program: each ends in rows or in a ``SurveyFormatError``.
@Suite struct HostileFileTests {
    static let everything = ProcessInfo.processInfo.environment["POPULACE_TEST_ALL"] == "1"

    enum Ending: Hashable { case rows, refused, crashed, tookTooLong, garbled }

    /// Reads files in as few processes as it takes, and says how each ended.
    func endings(of paths: [String]) throws -> [Ending] {
        let reader = try SurveyReader(limits: .init(seconds: 20, bytes: 2 << 30, silentSeconds: 30))
        var endings: [Ending] = []
        while endings.count < paths.count {
            let before = endings.count
            do {
                try reader.lines(of: Array(paths[before...]), columns: nil) { kind, _ in
                    if kind == UInt8(ascii: "E") { endings.append(.rows) }
                    if kind == UInt8(ascii: "X") { endings.append(.refused) }
                    return endings.count < paths.count
                }
            } catch SurveyFormatError.readerCrashed { endings.append(.crashed) } catch SurveyFormatError.tookTooLong {
                endings.append(.tookTooLong)
            } catch SurveyFormatError.garbled { endings.append(.garbled) }
            #expect(endings.count > before)
        }
        return endings
    }

    func count(_ endings: [Ending]) -> [Ending: Int] { endings.reduce(into: [:]) { $0[$1, default: 0] += 1 } }

    @Test(arguments: ["legacy.sav", "survey.por", "survey.zsav", "survey.dta", "survey.xpt"])
    func `every prefix of a file ends in rows or a refusal`(name: String) throws {
        let bytes = try Fixture.bytes(name)
        // All of them for a small file or when all is asked for, else a spread that includes both ends.
        let step = Self.everything || bytes.count < 2000 ? 1 : max(1, bytes.count / 300)
        let ending = name.suffix(4).drop { $0 != "." }
        try Fixture.inFolder { folder in
            var paths: [String] = []
            for length in stride(from: 0, to: bytes.count, by: step) {
                let file = folder.appending(path: "\(length)\(ending)")
                try Data(bytes[..<length]).write(to: file)
                paths.append(file.path)
            }
            let counts = count(try endings(of: paths))
            #expect(counts.values.reduce(0, +) == paths.count)
            #expect(counts[.refused, default: 0] > 0, "no prefix was refused: \(counts)")
            // Only the padding of a portable file, and whole records of a transport file, can go unseen.
            let unseen = ["survey.por": 80, "survey.xpt": bytes.count / 80][name] ?? 0
            #expect(counts[.rows, default: 0] <= unseen, "\(counts)")
            print("prefixes of \(name): \(counts)")
        }
    }

    @Test(arguments: ["survey.sav", "survey.zsav", "survey.dta", "survey.por", "survey.xpt", "small.sas7bdat"])
    func `mutated files end in rows, a refusal or a dead reader, never a dead program`(name: String) throws {
        let original = try Fixture.bytes(name)
        let total = Self.everything ? 10_000 : 300
        let ending = name.drop { $0 != "." }
        var counts: [Ending: Int] = [:]
        for batch in stride(from: 0, to: total, by: 250) {
            try Fixture.inFolder { folder in
                var paths: [String] = []
                for seed in batch..<min(batch + 250, total) {
                    var generator = Mutator(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
                    let file = folder.appending(path: "\(seed)\(ending)")
                    try Data(generator.mutated(original)).write(to: file)
                    paths.append(file.path)
                }
                counts.merge(count(try endings(of: paths)), uniquingKeysWith: +)
            }
        }
        #expect(counts.values.reduce(0, +) == total)
        #expect(counts[.refused, default: 0] > 0)
        print("mutations of \(name): \(counts)")
    }

    @Test func `a reader that dies, hangs, floods or lies is a diagnostic`() throws {
        try Fixture.inFolder { folder in
            func reader(_ script: String, silentSeconds: Int = 20) throws -> SurveyReader {
                let file = folder.appending(path: "reader-\(UUID().uuidString)")
                try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
                return SurveyReader(program: file.path, limits: .init(silentSeconds: silentSeconds))
            }
            let path = try Fixture.path("survey.sav")
            let metadata = "M {\"format\":\"sav\",\"variables\":[{\"name\":\"a\",\"kind\":{\"number\":{}},\"measure\":\"nominal\",\"labels\":[],\"missing\":[],\"missingTexts\":[]}]}"
            let cases: [(String, SurveyFormatError)] = [
                ("kill -SEGV $$", .readerCrashed(signal: 11)), ("exec cat /dev/zero", .garbled), ("exit 3", .garbled),
                ("echo hello", .garbled), ("echo 'R 1'", .garbled), ("echo '\(metadata)'; echo 'R 1\t2'", .garbled),
                ("echo '\(metadata)'; echo 'R 1'; echo 'E 5'", .garbled), ("echo '\(metadata)'; echo 'R 1'", .garbled),
            ]
            for (script, expected) in cases {
                #expect(throws: expected, "\(script)") { try reader(script).read(path) { _, _ in } }
            }
            let start = ContinuousClock.now
            #expect(throws: SurveyFormatError.tookTooLong(seconds: 1)) {
                try reader("exec sleep 60", silentSeconds: 1).read(path) { _, _ in }
            }
            #expect(ContinuousClock.now - start < .seconds(20))
            #expect(throws: SurveyFormatError.self) { try SurveyReader(program: "/nowhere/populace").read(path) { _, _ in } }
            #expect(throws: SurveyFormatError.cannotBeRead) { try SurveyReader().read("/nowhere/data.sav") { _, _ in } }
            #expect(throws: SurveyFormatError.notSupported) { try SurveyReader().read(Fixture.path("survey.csv")) { _, _ in } }
        }
    }
}

/// Seeded damage: some bytes replaced, flipped, inserted or cut, and sometimes a run of them.
struct Mutator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func mutated(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...8, using: &self) where !bytes.isEmpty {
            // Half of the damage goes to the head, where the sizes are.
            let place = Int.random(in: 0..<(Bool.random(using: &self) ? bytes.count : min(bytes.count, 1200)), using: &self)
            switch Int.random(in: 0..<6, using: &self) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &self)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 2: for index in place..<min(bytes.count, place + 4) { bytes[index] = 0xFF }
            case 3: for index in place..<min(bytes.count, place + 8) { bytes[index] = 0 }
            case 4: bytes.insert(contentsOf: (0..<Int.random(in: 1...16, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self) }, at: place)
            default: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...64, using: &self)))
            }
        }
        return bytes
    }
}
