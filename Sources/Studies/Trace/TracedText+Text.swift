import Agents
import Reports
import Trace

extension TraceStudy.TracedText {
    var text: String {
        var lines = [
            wrapped("\(sanitised(title)) in \(sanitised(corpus.name)) (\(counted(corpus.documents, "document")), \(counted(corpus.words, "word")), sha256:\(corpus.digest.prefix(12)))"),
        ]
        lines += TraceStudy.caveats(corpus, models: models).map { wrapped($0) }
        guard !passages.isEmpty else {
            lines += ["", wrapped("No \(leastWords) words of it stand in the corpus together.")]
            return lines.joined(separator: "\n")
        }
        var table = TerminalTable(titles: ["", "words", "times", "documents"])
        let asked = passages.contains { $0.inPrompt != nil }
        if asked { table.titles += ["prompt"] }
        table.titles.append("passage")
        for (number, one) in passages.enumerated() {
            var row: [TerminalTable.Cell] = [
                .count(number + 1), .count(one.passage.words), .count(one.passage.matches.count),
                .count(one.documents?.documents),
            ]
            if asked { row.append(.text(one.inPrompt.map { $0 ? "yes" : "no" } ?? "-")) }
            table.rows.append(row + [.text(one.passage.text)])
        }
        lines += ["", table.rendered().trimmingSuffix("\n")]
        if count > passages.count { lines.append("  ... and \(count - passages.count) more") }
        lines.append("")
        for (number, one) in passages.enumerated() {
            lines.append("\(number + 1). \"\(sanitised(one.passage.text))\"")
            if let documents = one.documents, !documents.most.isEmpty { lines.append("   in \(TraceStudy.text(documents))") }
            guard one.inPrompt == true else { continue }
            let told = one.lines.map { self.lines[$0].memory ?? "line \($0 + 1)" }
            lines.append("   the prompt had these words" + (told.isEmpty ? ", across its lines" : ": \(told.joined(separator: ", "))"))
        }
        return (lines + influence + notes.map { wrapped($0) }).joined(separator: "\n")
    }

    /// The leave-one-out figures of the lines that hold a passage.
    private var influence: [String] {
        guard lines.contains(where: { $0.effect != nil }) else { return [] }
        let isSaid = lines.contains { if case .lift? = $0.effect { true } else { false } }
        var table = TerminalTable(titles: [isSaid ? "log odds" : "moves", "from", "line of the prompt"])
        for (number, one) in lines.enumerated() {
            table.rows.append([
                .number(one.effect?.size, decimals: 3), .text(one.memory ?? "line \(number + 1)"), .text(one.line.text),
            ])
        }
        let what = isSaid
            ? "how many times likelier the line made the very words, as a natural log"
            : "how far the shares of the choices move without it, 0 to 1"
        return [
            "", wrapped("Influence of the prompt's lines with such words, each left out in turn (\(what)):"),
            table.rendered(indent: 2).trimmingSuffix("\n"),
        ]
    }

    var json: JSONValue {
        .object(
            TraceStudy.members(corpus) + [
                .init("of", .string(title)), .init("models", TraceStudy.json(corpus, models: models)),
                .init("notes", JSONValue(TraceStudy.caveats(corpus, models: models) + notes)),
                .init("leastWords", .integer(leastWords)), .init("passagesFound", .integer(count)),
                .init(
                    "passages",
                    .array(
                        passages.map { one in
                            .object([
                                .init("text", .string(one.passage.text)), .init("words", .integer(one.passage.words)),
                                .init("start", .integer(one.passage.start)),
                                .init("count", .integer(one.passage.matches.count)),
                                .init("documents", TraceStudy.json(one.documents)),
                                .init("inPrompt", one.inPrompt.map { .bool($0) } ?? .null),
                                .init("lines", .array(one.lines.map { .integer($0 + 1) })),
                            ])
                        })),
                .init(
                    "lines",
                    .array(
                        lines.map { one in
                            .object([
                                .init("text", .string(one.line.text)), .init("memory", JSONValue(one.memory)),
                                .init("measure", JSONValue(one.effect?.measure)), .init("influence", JSONValue(one.effect?.size)),
                            ])
                        })),
            ])
    }
}

extension CompletionInfluence.Effect {
    /// `nil` where the prompt had no room for what was to be left out.
    var size: Double? {
        switch self {
        case .moved(let moved): moved
        case .lift(let lift): lift
        case .notTold: nil
        }
    }

    var measure: String? {
        switch self {
        case .moved: "total variation"
        case .lift: "log odds"
        case .notTold: nil
        }
    }
}
