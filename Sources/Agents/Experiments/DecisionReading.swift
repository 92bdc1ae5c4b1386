/// What the words of a subject say that it decided.
///
///     DecisionReading("Left.", to: choice, order: [0, 1])                    // .outcome(0)
///     DecisionReading("I would choose neither.", to: choice, order: [0, 1])  // .unparsed
///     DecisionReading("I give $3.", to: give, order: [])                     // .numbers([3])
///
/// Careful rather than clever: what could be read two ways is `unparsed`, and nothing is ever taken for an option because
/// it is not another.
enum DecisionReading: Equatable {
    /// Index into the decision's outcomes.
    case outcome(Int)
    case numbers([Double])
    case refused
    case unparsed

    /// - Parameter complete: Whether the words were not cut off.
    init(_ text: String, to decision: Decision, order: [Int], complete: Bool = true) {
        let sentence = Self.firstSentence(text, marks: 1)
        // A sentence that breaks off or goes on and on has not said its number yet.
        let isWhole = (complete || sentence.count < text.count) && Word.all(sentence).count <= 16
        switch decision.kind {
        // "A." and "1." open a sentence that goes on.
        case .choice(let options, let labels): self = Self.choice(Self.firstSentence(text, marks: 2), options, labels, order)
        case .text(let codes): self = Self.coded(text, codes)
        case .integer(let low, let high):
            self = isWhole ? Self.one(sentence) { $0.isWhole && $0.value >= Double(low) && $0.value <= Double(high) } : .unparsed
        case .amount(let low, let high): self = isWhole ? Self.one(sentence) { $0.value >= low && $0.value <= high } : .unparsed
        case .split(let total, let parts): self = Self.split(text, total, parts)
        }
        if self == .unparsed, AnswerReading.refuses(text) { self = .refused }
    }

    // MARK: Choices

    private static func choice(
        _ sentence: String, _ options: [Decision.Option], _ labels: [String], _ order: [Int]
    ) -> Self {
        let words = Word.all(sentence)
        guard !words.isEmpty else { return .unparsed }
        let shown = order.enumerated().map { place, option -> (option: Int, names: [[Word]]) in
            let label = labels.isEmpty ? OptionOrder.letter(place) : labels[place]
            return (option, [Word.all(label), Word.all(options[option].text)].filter { !$0.isEmpty })
        }
        let folded = words.map(\.folded)
        let whole = shown.filter { $0.names.contains { $0.map(\.folded) == folded } }
        if whole.count == 1 { return .outcome(whole[0].option) }
        let mentions = Self.mentions(words, shown)
        let affirmed = mentions.filter { !$0.negated }
        // A "not" that stands before no option may still turn the sentence around.
        let stray = words.indices.contains { place in
            negations.contains(words[place].folded)
                && !mentions.contains { $0.negated && $0.range.lowerBound > place && place >= $0.range.lowerBound - 4 }
        }
        let meant = Set(affirmed.map(\.option))
        guard let option = meant.first, meant.count == 1, affirmed.contains(where: \.counts), !stray else { return .unparsed }
        return .outcome(option)
    }

    private struct Mention {
        var option: Int
        var range: Range<Int>
        var negated: Bool
        /// Whether it can be meant as the option: "the right thing" is not "Right".
        var counts: Bool
    }

    /// Options named as whole words, the longest of those that overlap.
    private static func mentions(_ words: [Word], _ shown: [(option: Int, names: [[Word]])]) -> [Mention] {
        var found: [Mention] = []
        for (option, names) in shown {
            for name in names where name.count <= words.count {
                for start in 0...(words.count - name.count) {
                    let range = start..<(start + name.count)
                    guard words[range].map(\.folded) == name.map(\.folded) else { continue }
                    let negated = words[max(0, start - 4)..<start].contains { negations.contains($0.folded) }
                    found.append(
                        Mention(
                            option: option, range: range, negated: negated,
                            counts: name.count > 1 || counts(words, start, as: name[0])))
                }
            }
        }
        // "Person" of "Person 1" inside a longer name is that name.
        return found.filter { one in
            !found.contains { $0.range.count > one.range.count && $0.range.overlaps(one.range) }
        }
    }

    /// A name of one word counts in the case it is shown in, alone before a full stop, bracket or colon, or behind a word of
    /// choosing.
    private static func counts(_ words: [Word], _ place: Int, as name: Word) -> Bool {
        let word = words[place]
        if place > 0, choosing.contains(words[place - 1].folded) { return true }
        // "Right, so ..." agrees with somebody.
        if place == 0 { return word.next.map { ".):".contains($0) } ?? true }
        // A letter alone is an article or a pronoun more often than a label.
        return word.text == name.text && (name.text.count > 1 || name.text.allSatisfy(\.isNumber))
    }

    private static let negations: Set<String> = [
        "not", "no", "never", "neither", "nor", "dont", "doesnt", "didnt", "wont", "wouldnt", "cant", "cannot", "isnt",
        "arent", "wasnt", "without", "hardly", "refuse", "reject", "avoid",
    ]

    private static let choosing: Set<String> = [
        "option", "choose", "chose", "choosing", "pick", "picked", "picking", "select", "selected", "prefer", "take", "hire",
        "answer",
    ]

    // MARK: Text

    /// The first rule with a word or phrase in the text.
    private static func coded(_ text: String, _ codes: [Decision.Code]) -> Self {
        let said = Word.all(text).map(\.folded)
        guard !said.isEmpty else { return .unparsed }
        let code = codes.firstIndex { code in
            code.words.contains { phrase in
                let wanted = Word.all(phrase).map(\.folded)
                return !wanted.isEmpty && wanted.count <= said.count
                    && (0...(said.count - wanted.count)).contains { Array(said[$0..<($0 + wanted.count)]) == wanted }
            }
        }
        return .outcome(code ?? codes.count)
    }

    // MARK: Numbers

    private static func one(_ sentence: String, _ fits: (WrittenNumber) -> Bool) -> Self {
        let words = Word.all(sentence).map(\.folded)
        if words.contains(where: negations.contains) { return .unparsed }
        if let spoken = WrittenNumber.spoken(words), fits(spoken) { return .numbers([spoken.value]) }
        guard let numbers = WrittenNumber.all(sentence), let first = numbers.first,
            numbers.allSatisfy({ $0.value == first.value }), fits(first)
        else { return .unparsed }
        return .numbers([first.value])
    }

    /// A number for each part, behind its name or in the order of the parts, adding up to the total.
    private static func split(_ text: String, _ total: Int, _ parts: [String]) -> Self {
        guard let numbers = WrittenNumber.all(text), numbers.count == parts.count,
            numbers.reduce(0, { $0 + $1.value }) == Double(total)
        else { return .unparsed }
        let words = Word.all(text)
        let named = parts.compactMap { part -> Int? in
            let name = Word.all(part).map(\.folded)
            guard !name.isEmpty, name.count <= words.count else { return nil }
            return (0...(words.count - name.count)).first { words[$0..<($0 + name.count)].map(\.folded) == name }
        }
        guard named.count == parts.count else {
            // Bare numbers stand in the order of the parts; numbers among other words could be anybody's.
            return text.contains(where: \.isLetter) ? .unparsed : .numbers(numbers.map(\.value))
        }
        let order = named.indices.sorted { named[$0] < named[$1] }
        var values = [Double](repeating: 0, count: parts.count)
        for (number, part) in zip(numbers, order) { values[part] = number.value }
        return .numbers(values)
    }

    /// Up to the first line end, full stop, `!` or `?` behind so many letters and digits, or "because".
    private static func firstSentence(_ text: String, marks: Int) -> String {
        let line = text.split(whereSeparator: \.isNewline).first { $0.contains { $0.isLetter || $0.isNumber } } ?? ""
        var sentence = ""
        var place = line.startIndex
        while place < line.endIndex {
            let character = line[place]
            let next = line.index(after: place)
            sentence.append(character)
            let ends = next == line.endIndex || line[next].isWhitespace
            if ".!?".contains(character), ends, sentence.count(where: { $0.isLetter || $0.isNumber }) >= marks { break }
            place = next
        }
        return sentence.ranges(of: " because ").first.map { String(sentence[..<$0.lowerBound]) } ?? sentence
    }
}
