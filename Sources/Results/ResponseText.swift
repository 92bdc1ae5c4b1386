internal import LanguageModels

extension Response {
    var isFinite: Bool {
        switch self {
        case .text: true
        case .scores(let scores): scores.allSatisfy { $0.logLikelihood?.isFinite ?? true }
        case .embedding(let vector): vector.allSatisfy(\.isFinite)
        }
    }

    /// How `completion.response` holds it: JSON whose bytes depend on the response alone.
    ///
    ///     {"complete":true,"text":"Yes."}
    ///     {"scores":[{"logLikelihood":-2.5,"tokenCount":3},{"tokenCount":1}]}
    ///     {"embedding":[0.5,-0.25]}
    ///
    /// - Returns: `nil` where a number is not finite.
    var storedText: String? {
        var json = JSONWriter()
        json.object { json in
            switch self {
            case .text(let text, let complete):
                json.key("complete")
                json.bool(complete)
                json.key("text")
                json.string(text)
            case .scores(let scores):
                json.key("scores")
                json.array { json in for score in scores { score.write(to: &json) } }
            case .embedding(let vector):
                json.key("embedding")
                json.array { json in for number in vector { json.number(number) } }
            }
        }
        return json.isFinite ? json.text : nil
    }

    /// The inverse of ``storedText``, bit for bit; `nil` for anything that it did not write.
    init?(storedText: String) {
        var text = storedText
        let response: Response? = text.withUTF8 { bytes in
            var scanner = ResponseScanner(bytes)
            let response = scanner.response()
            return scanner.isAtEnd ? response : nil
        }
        guard let response else { return nil }
        self = response
    }
}

extension ContinuationScore {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            if let logLikelihood {
                json.key("logLikelihood")
                json.number(logLikelihood)
            }
            json.key("tokenCount")
            json.number(tokenCount)
        }
    }
}

/// Reads what ``LanguageModels/Response/storedText`` wrote, in one pass.
private struct ResponseScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    mutating func response() -> Response? {
        if skip(#"{"complete":"#) {
            let complete = skip("true")
            guard complete || skip("false"), skip(#","text":"#), let text = string(), skip("}") else { return nil }
            return .text(text, complete: complete)
        }
        if skip(#"{"scores":"#) {
            guard let scores = array({ $0.score() }), skip("}") else { return nil }
            return .scores(scores)
        }
        if skip(#"{"embedding":"#) {
            guard let vector = array({ $0.number().flatMap(Float.init) }), skip("}") else { return nil }
            return .embedding(vector)
        }
        return nil
    }

    private mutating func score() -> ContinuationScore? {
        guard skip("{") else { return nil }
        var likelihood: Double?
        if skip(#""logLikelihood":"#) {
            guard let number = number(), let value = Double(number), skip(",") else { return nil }
            likelihood = value
        }
        guard skip(#""tokenCount":"#), let number = number(), let count = number.integer, skip("}") else { return nil }
        return ContinuationScore(logLikelihood: likelihood, tokenCount: count)
    }

    private mutating func array<Element>(_ element: (inout Self) -> Element?) -> [Element]? {
        guard skip("[") else { return nil }
        var elements: [Element] = []
        if skip("]") { return elements }
        repeat {
            guard let next = element(&self) else { return nil }
            elements.append(next)
        } while skip(",")
        return skip("]") ? elements : nil
    }

    private mutating func number() -> DecimalNumber? {
        let number = DecimalNumber(bytes, from: place)
        place += number?.length ?? 0
        return number
    }

    private mutating func string() -> String? {
        guard skip("\"") else { return nil }
        var start = place
        var text: [UInt8] = []
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                defer { place += 1 }
                if text.isEmpty { return String(validating: bytes[start..<place], as: UTF8.self) }
                return String(validating: text + bytes[start..<place], as: UTF8.self)
            case UInt8(ascii: "\\"):
                text += bytes[start..<place]
                guard let byte = escape() else { return nil }
                text.append(byte)
                start = place
            case 0..<0x20: return nil
            default: place += 1
            }
        }
        return nil
    }

    /// A character after a backslash: only those that need one, or a control character in hexadecimal.
    private mutating func escape() -> UInt8? {
        guard place + 1 < bytes.count else { return nil }
        defer { place += 2 }
        switch bytes[place + 1] {
        case UInt8(ascii: "\""): return UInt8(ascii: "\"")
        case UInt8(ascii: "\\"): return UInt8(ascii: "\\")
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "u"):
            guard place + 5 < bytes.count, bytes[place + 2] == 48, bytes[place + 3] == 48 else { return nil }
            defer { place += 4 }
            return UInt8(String(decoding: bytes[place + 4...place + 5], as: UTF8.self), radix: 16)
        default: return nil
        }
    }

    private mutating func skip(_ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard place + count <= bytes.count else { return false }
        let isThere = literal.withUTF8Buffer { $0.elementsEqual(bytes[place..<place + count]) }
        if isThere { place += count }
        return isThere
    }
}
