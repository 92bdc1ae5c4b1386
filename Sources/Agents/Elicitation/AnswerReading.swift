import Surveys

/// What a model's free answer to a question with options says.
///
///     AnswerReading("B. About right", to: question)      // .option(1)
///     AnswerReading("I'd rather not say.", to: question) // .refused
///     AnswerReading("I don't know.", to: question)       // .dontKnow
///
/// Careful rather than clever: an answer that could be read two ways is `unparsed`.
enum AnswerReading: Equatable {
    /// Index into the question's options.
    case option(Int)
    case refused
    /// No opinion, which is not a refusal.
    case dontKnow
    case unparsed

    init(_ text: String, to question: Question) {
        let line = text.split(whereSeparator: \.isNewline).first { $0.contains { $0.isLetter || $0.isNumber } } ?? ""
        let said = Self.words(line)
        let options = question.options.map { Self.words($0.text) }
        guard !said.isEmpty else {
            self = .unparsed
            return
        }
        if let whole = Self.only(options.indices.filter { options[$0] == said }) {
            self = .option(whole)
        } else if let label = Self.label(line, said, question) {
            let rest = Array(said.dropFirst())
            let named = Self.mentioned(rest, options)
            self = named.allSatisfy { $0 == label } ? .option(label) : .unparsed
        } else if let rest = Self.without(Self.refusals, said) {
            self = Self.mentioned(rest, options).isEmpty ? .refused : .unparsed
        } else if let rest = Self.without(Self.ignorance, said) {
            self = Self.mentioned(rest, options).isEmpty ? .dontKnow : .unparsed
        } else if let named = Self.only(Self.mentioned(said, options)) {
            self = .option(named)
        } else {
            self = .unparsed
        }
    }

    /// Lower-case words without punctuation; apostrophes are dropped, so `don't` is `dont`.
    private static func words(_ text: some StringProtocol) -> [String] {
        let kept = text.lowercased().filter { $0 != "'" && $0 != "\u{2019}" }
        return kept.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static func only(_ found: [Int]) -> Int? { found.count == 1 ? found[0] : nil }

    /// The option named by a letter or number at the start that stands alone or is followed by `.`, `)` or `:`.
    private static func label(_ line: Substring, _ said: [String], _ question: Question) -> Int? {
        let bare = line.drop { !$0.isLetter && !$0.isNumber }
        let mark = bare.prefix { $0.isLetter || $0.isNumber }
        let next = bare.dropFirst(mark.count).first
        guard said.count == 1 || next.map({ ".):".contains($0) }) == true else { return nil }
        let count = question.options.count
        if mark.utf8.count == 1, let byte = mark.uppercased().utf8.first, (65..<91).contains(byte) {
            return Int(byte) - 65 < count ? Int(byte) - 65 : nil
        }
        guard let number = Int(mark) else { return nil }
        // Either the place in the list or the code: both, where they differ, is nobody's answer.
        let place = (1...count).contains(number) ? number - 1 : nil
        let code = question.optionIndex(ofCode: number)
        return place == code || code == nil ? place : place == nil ? code : nil
    }

    /// Options named in running text: one of several words anywhere but behind a "not", one of a single word only as
    /// the first word. An option inside a longer one's words is not counted: "agree" in "strongly agree".
    private static func mentioned(_ said: [String], _ options: [[String]]) -> [Int] {
        let negations: Set<String> = [
            "not", "never", "neither", "nor", "dont", "doesnt", "isnt", "arent", "wasnt", "hardly",
        ]
        var found: [(option: Int, range: Range<Int>)] = []
        for (index, option) in options.enumerated() where !option.isEmpty && option.count <= said.count {
            for start in 0...(said.count - option.count) {
                let range = start..<(start + option.count)
                guard Array(said[range]) == option, option.count > 1 || start == 0 else { continue }
                if said[max(0, start - 4)..<start].contains(where: negations.contains) { continue }
                found.append((index, range))
            }
        }
        let longest = found.filter { one in
            !found.contains { $0.range.count > one.range.count && $0.range.overlaps(one.range) }
        }
        return options.indices.filter { index in longest.contains { $0.option == index } }
    }

    /// What is left of the words when phrases are taken out; `nil` where there are none.
    private static func without(_ phrases: [String], _ said: [String]) -> [String]? {
        let text = " " + said.joined(separator: " ") + " "
        var rest = text
        for phrase in phrases { rest = rest.replacing(" \(phrase) ", with: " ") }
        return rest == text ? nil : rest.split(separator: " ").map(String.init)
    }

    /// Whether the words excuse themselves from answering.
    static func refuses(_ text: String) -> Bool { without(refusals, words(text)) != nil }

    private static let ignorance = [
        "i dont know", "dont know", "i do not know", "not sure", "no opinion", "do not have an opinion",
        "dont have an opinion",
    ]

    /// A model that excuses itself as one refuses, whatever opinion it says it lacks.
    private static let refusals = [
        "i refuse", "refuse to answer", "decline to answer", "rather not", "prefer not to", "no answer", "no comment",
        "cannot answer", "cant answer", "unable to", "not able to", "cannot provide", "cant provide", "as an ai",
        "im an ai", "i am an ai", "language model", "dont have personal", "do not have personal", "im sorry",
        "i am sorry", "i cannot", "i cant",
    ]
}
