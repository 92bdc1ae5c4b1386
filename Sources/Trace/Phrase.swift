/// A phrase as an index is asked for it: normalised, from its first word on.
struct Phrase {
    var text: [UInt8]

    /// - Throws: ``TraceError/phrase(_:)`` where there is no word in it.
    init(_ phrase: String, folding: Bool) throws(TraceError) {
        let normal = try CorpusText.normalised(phrase, folding: folding)
        guard let first = WordStarts.words(of: normal).first else { throw .phrase("there is no word in '\(phrase)'") }
        text = Array(normal[first.lowerBound...])
    }

    /// The class of a phrase's last character.
    static func last(of phrase: [UInt8]) -> WordClass {
        let start = phrase.lastIndex { $0 & 0xC0 != 0x80 } ?? 0
        return phrase[start...].withUnsafeBufferPointer { bytes in
            guard !bytes.isEmpty, case .scalar(let scalar, _) = DecodedScalar(bytes, at: 0) else { return .between }
            return WordClass(scalar)
        }
    }
}
