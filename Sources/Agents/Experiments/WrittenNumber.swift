/// A number as somebody wrote it: `$1,200`, `3.5`, `seven`.
struct WrittenNumber: Equatable {
    var value: Double
    var isWhole: Bool

    /// Every number in a text.
    ///
    /// - Returns: `nil` where one of them says something else than how many: `50%`, `1st`, `B2`, `1/2`, `3-5`.
    static func all(_ text: some StringProtocol) -> [WrittenNumber]? {
        let characters = Array(text)
        var numbers: [WrittenNumber] = []
        var place = 0
        while place < characters.count {
            guard isDigit(characters[place]) else {
                place += 1
                continue
            }
            let start = place
            var digits = ""
            var isWhole = true
            while place < characters.count {
                let character = characters[place]
                if isDigit(character) {
                    digits.append(character)
                } else if character == ",", isWhole, groups(characters, place) {
                    // Thousands.
                } else if character == ".", isWhole, place + 1 < characters.count, isDigit(characters[place + 1]) {
                    isWhole = false
                    digits.append(".")
                } else {
                    break
                }
                place += 1
            }
            let before = start > 0 ? characters[start - 1] : " "
            let after = place < characters.count ? characters[place] : " "
            guard !before.isLetter, !after.isLetter, !"-\u{2212}/.".contains(before), !"%/-".contains(after),
                let value = Double(digits)
            else { return nil }
            numbers.append(WrittenNumber(value: value, isWhole: isWhole || value == value.rounded()))
        }
        return numbers
    }

    /// One number word among words that are no numbers: `five dollars`; `nil` for any other text.
    static func spoken(_ words: [String]) -> WrittenNumber? {
        let found = words.compactMap { names.firstIndex(of: $0) }
        // "One" is a pronoun in anything longer than an amount.
        guard found.count == 1, words.count <= 2, !words.contains(where: { $0.contains { $0.isNumber } }) else { return nil }
        return WrittenNumber(value: Double(found[0]), isWhole: true)
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

    /// Whether a comma has three digits behind it and no fourth.
    private static func groups(_ characters: [Character], _ comma: Int) -> Bool {
        guard comma + 3 < characters.count, characters[(comma + 1)...(comma + 3)].allSatisfy(isDigit) else { return false }
        return comma + 4 >= characters.count || !isDigit(characters[comma + 4])
    }

    private static let names = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ]
}
