import Kernel

/// What an index should find, by looking through all text character by character.
struct Scan {
    enum Kind { case between, letter, alone }

    let documents: [[Unicode.Scalar]]
    let folds: Bool

    init(_ documents: [String], folding: Bool) {
        folds = folding
        self.documents = documents.map { Self.normal($0, folding) }
    }

    static func normal(_ text: String, _ folds: Bool) -> [Unicode.Scalar] {
        let joined = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return Array((folds ? joined.lowercased() : joined).unicodeScalars)
    }

    static func kind(_ scalar: Unicode.Scalar) -> Kind {
        if (0x4E00...0x9FFF).contains(scalar.value) { return .alone }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? .letter : .between
    }

    static func begins(_ text: [Unicode.Scalar], _ place: Int) -> Bool {
        switch kind(text[place]) {
        case .alone: true
        case .letter: place == 0 || kind(text[place - 1]) != .letter
        case .between: false
        }
    }

    /// Without what stands before the first word; `nil` where there is none.
    static func phrase(_ text: String, _ folds: Bool) -> [Unicode.Scalar]? {
        let text = normal(text, folds)
        return text.indices.first { begins(text, $0) }.map { Array(text[$0...]) }
    }

    /// How often a phrase stands in each document.
    func counts(_ phrase: [Unicode.Scalar]) -> [Int] {
        documents.map { text in
            text.indices.count { place in
                guard Self.begins(text, place), place + phrase.count <= text.count,
                    text[place..<place + phrase.count].elementsEqual(phrase), let last = phrase.last
                else { return false }
                let next = place + phrase.count
                return Self.kind(last) != .letter || next == text.count || Self.kind(text[next]) != .letter
            }
        }
    }

    /// Text of a few characters of every kind, so that phrases are often found.
    static func text(_ length: Int, using stream: inout RandomStream) -> String {
        let pieces = ["a", "b", "a", "b", "ab", "A", "é", "É", "ß", "1", " ", " ", "\n", "\t ", "-", ".", "'", "—", "語", "本", "\u{1F600}"]
        return (0..<length).map { _ in pieces[Int.random(in: pieces.indices, using: &stream)] }.joined()
    }
}
