import Files
import LanguageModels
import Reports

/// One run of a sweep: a command, and what sets it apart from the other cells.
struct SweepCell: Codable, Hashable, Sendable {
    /// From 1, in the order of the product.
    var number: Int
    /// What was chosen of each axis, in the order of the file, as it is shown.
    var chosen: [String]
    /// Axes and values: `seed 3, model smollm2-135m`.
    var name: String
    /// The subcommand first; paths from the study's root.
    var arguments: [String]
    /// `until` of a run, which going on with it takes again.
    var until: String?
    /// Of all that the cell's result depends on: files, arguments, version.
    var digest: String

    /// As a user would type it, less the database.
    var commandLine: String { (["populace"] + arguments).joined(separator: " ") }

    /// The same to be pasted into a shell.
    func shellCommand(database: String) -> String {
        (["populace"] + arguments + ["--db", database]).map(shellQuoted).joined(separator: " ")
    }
}

extension SweepCell {
    /// The command of one combination of a sweep's values.
    ///
    /// Options are `--name=value`, so that no value is taken for an option.
    static func arguments(_ sweep: Sweep, _ values: [Sweep.Value], seed: UInt64?, model: Sweep.Value?) -> [String] {
        var chosen: [Sweep.Axis: Sweep.Value] = [:]
        for dimension in sweep.fixed { chosen[dimension.axis] = dimension.values[0] }
        for (dimension, value) in zip(sweep.dimensions, values) { chosen[dimension.axis] = value }
        if let seed { chosen[.seed] = Sweep.Value(String(seed)) }
        if let model { chosen[.model] = model }
        let target = Sweep.Axis.allCases.filter(\.isTarget).compactMap { chosen[$0]?.text }.first ?? sweep.target ?? ""
        var arguments = [sweep.procedure.rawValue, target.hasPrefix("-") ? "./" + target : target]
        for axis in Sweep.Axis.allCases {
            guard let option = axis.option, let value = chosen[axis] else { continue }
            arguments.append("\(option)=\(value.text)")
            arguments += value.servers.map { "--server=\($0)" }
        }
        if let questions = sweep.questions { arguments.append("--questions=\(questions.joined(separator: ","))") }
        return arguments
    }
}

/// A word as a POSIX shell takes it for itself.
func shellQuoted(_ word: String) -> String {
    let plain = !word.isEmpty && word.utf8.allSatisfy { byte in
        (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || (0x30...0x39).contains(byte) || "-_./=,:@+".utf8.contains(byte)
    }
    return plain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
}
