import Foundation
import Kernel
import Reports
import Results

extension Repl {
    /// The first line of a script, by which a file is known as one.
    static let scriptMark = "# populace repl "

    /// Keeps a line that was done, as it could be typed again.
    mutating func note(_ line: String) {
        switch ReplLine(line) {
        case .nothing, .quit, .save, .mistaken: return
        default: script.append(sanitised(oneLine(line)))
        }
    }

    /// The session's lines as a script; into a file where one is named.
    func save(_ file: String?) throws -> String {
        var command = Self.scriptMark + opened
        if let model = environment.model { command += " --model \(model)" }
        if let adapter = environment.adapter { command += " --adapter \(adapter)" }
        for server in environment.servers { command += " --server \(server)" }
        if let seed = environment.seed { command += " --seed \(seed)" }
        for survey in extraSurveys { command += " --survey \(survey.given ?? survey.path)" }
        command = sanitised(oneLine(command))
        let text = ([command] + script + ["quit"]).joined(separator: "\n") + "\n"
        guard let file else { return text.trimmingSuffix("\n") }
        let there = FileManager.default.contents(atPath: file)
        if let there, !there.starts(with: Self.scriptMark.utf8) {
            throw StudyError.usage("\(sanitised(file)) is there and is no saved session; name another file")
        }
        guard there != nil || !FileManager.default.fileExists(atPath: file) else {
            throw StudyError.usage("\(sanitised(file)) cannot be written: it is no file")
        }
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw StudyError.usage("\(sanitised(file)) cannot be written")
        }
        return "Saved \(counted(script.count, "line")); repeat with: \(command.dropFirst(2)) < \(sanitised(file))"
    }
}
