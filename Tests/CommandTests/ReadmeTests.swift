import Foundation
import Testing

/// The README's transcripts, run as they stand.
struct ReadmeTests {
    /// One command of a transcript: its arguments, what is piped into it, and the lines it should print.
    struct Step {
        var arguments: [String]
        var input: String?
        var expected: [String]
    }

    static func steps(_ readme: String) throws -> [Step] {
        let start = try #require(readme.range(of: "```console\n"))
        let end = try #require(readme.range(of: "\n```", range: start.upperBound..<readme.endIndex))
        var steps: [Step] = []
        for line in readme[start.upperBound..<end.lowerBound].split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("$ ") else {
                steps[steps.count - 1].expected.append(String(line))
                continue
            }
            var (command, input): (Substring, String?) = (line.dropFirst(2), nil)
            if let pipe = command.range(of: "' | ") {
                input = command[..<pipe.lowerBound].dropFirst("printf '".count).replacingOccurrences(of: "\\n", with: "\n")
                command = command[pipe.upperBound...]
            }
            try #require(command.hasPrefix("populace "))
            let pieces = command.dropFirst("populace ".count).split(separator: "\"", omittingEmptySubsequences: false)
            let arguments = pieces.enumerated().flatMap { index, piece in
                index % 2 == 1 ? [String(piece)] : piece.split(separator: " ").map(String.init)
            }
            steps.append(Step(arguments: arguments, input: input, expected: []))
        }
        return steps
    }

    /// Whether lines are those expected, where a lone `...` stands for any number of lines.
    static func matches(_ lines: ArraySlice<String>, _ expected: ArraySlice<String>) -> Bool {
        guard let first = expected.first else { return lines.isEmpty }
        if first == "..." {
            return (lines.startIndex...lines.endIndex).contains { matches(lines[$0...], expected.dropFirst()) }
        }
        return lines.first == first && matches(lines.dropFirst(), expected.dropFirst())
    }

    @Test func `every transcript in the README is what the commands print`() throws {
        let steps = try Self.steps(String(contentsOf: Command.root.appending(path: "README.md"), encoding: .utf8))
        #expect(steps.count > 10)
        let command = try Command()
        try FileManager.default.createDirectory(
            at: command.folder.appending(path: "Results"), withIntermediateDirectories: true)
        for step in steps {
            let outcome = try command.run(step.arguments, input: step.input)
            #expect(outcome.status == 0, "\(step.arguments): \(outcome.errors)")
            let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                String(line.reversed().drop { $0 == " " }.reversed())
            }
            let printed = lines.reversed().drop { $0.isEmpty }.reversed()
            #expect(Self.matches(Array(printed)[...], step.expected[...]), "\(step.arguments) printed:\n\(outcome.output)")
        }
    }
}
