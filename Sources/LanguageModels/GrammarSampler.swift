/// A text that a grammar allows, drawn at random: what a scripted model answers where an answer has a shape.
///
/// Reads the part of GBNF that this project's grammars use: literals, character classes, rule names, groups,
/// alternatives and the quantifiers `?`, `*`, `+`, `{m,n}`.
///
/// - Source: llama.cpp, grammars/README.md.
struct GrammarSampler {
    indirect enum Node {
        case literal(String)
        /// Scalars that are allowed, or with `negated` forbidden, as closed ranges.
        case oneOf([ClosedRange<UInt32>], negated: Bool)
        case rule(String)
        case sequence([Node])
        case choice([Node])
        case repeated(Node, least: Int, most: Int?)
    }

    private var rules: [String: Node] = [:]

    /// - Returns: `nil` for text that is no such grammar, or names a rule that it lacks.
    init?(_ gbnf: String) {
        for line in gbnf.split(separator: "\n") {
            guard let mark = line.firstRange(of: "::=") else {
                if line.allSatisfy(\.isWhitespace) { continue }
                return nil
            }
            var reader = Reader(Array(line[mark.upperBound...].unicodeScalars))
            guard let node = reader.choice(), reader.isAtEnd else { return nil }
            rules[line[..<mark.lowerBound].filter { !$0.isWhitespace }] = node
        }
        guard rules["root"] != nil, rules.values.allSatisfy({ names(in: $0).allSatisfy { rules[$0] != nil } }) else { return nil }
    }

    private func names(in node: Node) -> [String] {
        switch node {
        case .literal, .oneOf: []
        case .rule(let name): [name]
        case .sequence(let nodes), .choice(let nodes): nodes.flatMap(names)
        case .repeated(let node, _, _): names(in: node)
        }
    }

    /// - Parameter stream: Draws, and gives words to fill runs of characters with.
    func sample(_ stream: inout WordStream) -> String {
        var out = ""
        write(.rule("root"), &out, &stream)
        return out
    }

    private func write(_ node: Node, _ out: inout String, _ stream: inout WordStream) {
        switch node {
        case .literal(let text): out += text
        case .oneOf: out += run(of: node, 1, &stream)
        case .rule(let name): rules[name].map { write($0, &out, &stream) }
        case .sequence(let nodes):
            var index = 0
            while index < nodes.count {
                // A first character and the rest are one phrase.
                if index + 1 < nodes.count, case .oneOf = nodes[index],
                    case .repeated(let rest, let least, let most) = nodes[index + 1], case .oneOf = rest,
                    let phrase = phrase(first: nodes[index], rest: rest, least + 1, most.map { $0 + 1 }, &stream)
                {
                    out += phrase
                    index += 2
                } else {
                    write(nodes[index], &out, &stream)
                    index += 1
                }
            }
        case .choice(let nodes): write(nodes[Int(stream.next() % UInt64(nodes.count))], &out, &stream)
        case .repeated(let part, let least, let most):
            let room = max(0, min(most ?? least + 24, least + 24) - least)
            if case .oneOf = part, let phrase = phrase(first: part, rest: part, least, most, &stream) {
                out += phrase
                return
            }
            let count = least + (room == 0 ? 0 : Int(stream.next() % UInt64(room + 1)))
            if case .oneOf = part { out += run(of: part, count, &stream) } else {
                for _ in 0..<count { write(part, &out, &stream) }
            }
        }
    }

    private func allows(_ node: Node, _ scalar: Unicode.Scalar) -> Bool {
        guard case .oneOf(let ranges, let negated) = node else { return false }
        return ranges.contains { $0.contains(scalar.value) } != negated
    }

    /// Words of a length in the bounds; `nil` where the classes do not take words.
    private func phrase(first: Node, rest: Node, _ least: Int, _ most: Int?, _ stream: inout WordStream) -> String? {
        guard allows(rest, "e"), allows(rest, " "), (most ?? least) > 2 else { return nil }
        let wanted = least + Int(stream.next() % UInt64(min(most ?? least + 24, least + 24) - least + 1))
        var text = stream.word()
        while text.unicodeScalars.count < wanted { text += " " + stream.word() }
        if let most, text.unicodeScalars.count > most { text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(most))) }
        while text.hasSuffix(" "), text.unicodeScalars.count > max(1, least) { text.removeLast() }
        if let initial = text.unicodeScalars.first, !allows(first, initial) { text = text.prefix(1).uppercased() + text.dropFirst() }
        guard let initial = text.unicodeScalars.first, allows(first, initial),
            text.unicodeScalars.dropFirst().allSatisfy({ allows(rest, $0) })
        else { return nil }
        return text
    }

    /// Characters of one class, drawn.
    private func run(of node: Node, _ count: Int, _ stream: inout WordStream) -> String {
        guard case .oneOf(let ranges, let negated) = node else { return "" }
        let range = ranges.isEmpty ? 97...122 : ranges[Int(stream.next() % UInt64(ranges.count))]
        var drawn = String.UnicodeScalarView()
        for _ in 0..<count {
            let value = negated
                ? 97 + UInt32(stream.next() % 26) : range.lowerBound + UInt32(stream.next() % UInt64(range.count))
            if let scalar = Unicode.Scalar(value) { drawn.append(scalar) }
        }
        return String(drawn)
    }
}

extension GrammarSampler {
    /// Reads the right-hand side of a rule.
    private struct Reader {
        private let scalars: [Unicode.Scalar]
        private var index = 0

        init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

        private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
        private mutating func skip() { while peek == " " || peek == "\t" { index += 1 } }
        var isAtEnd: Bool { scalars[index...].allSatisfy { $0 == " " || $0 == "\t" } }

        mutating func choice() -> Node? {
            var nodes: [Node] = []
            while true {
                guard let node = sequence() else { return nil }
                nodes.append(node)
                skip()
                guard peek == "|" else { return nodes.count == 1 ? nodes[0] : .choice(nodes) }
                index += 1
            }
        }

        private mutating func sequence() -> Node? {
            var nodes: [Node] = []
            while true {
                skip()
                guard let next = peek, next != "|", next != ")" else { return .sequence(nodes) }
                guard let part = part() else { return nil }
                guard let node = quantified(part) else { return nil }
                nodes.append(node)
            }
        }

        private mutating func part() -> Node? {
            guard let first = peek else { return nil }
            index += 1
            switch first {
            case "\"": return literal()
            case "[": return characters()
            case "(":
                guard let node = choice(), peek == ")" else { return nil }
                index += 1
                return node
            default:
                guard first.properties.isAlphabetic else { return nil }
                var name = String(Character(first))
                while let next = peek, next.properties.isAlphabetic || next.properties.numericType != nil || next == "-" {
                    name.unicodeScalars.append(next)
                    index += 1
                }
                return .rule(name)
            }
        }

        private mutating func quantified(_ node: Node) -> Node? {
            switch peek {
            case "?": index += 1; return .repeated(node, least: 0, most: 1)
            case "*": index += 1; return .repeated(node, least: 0, most: nil)
            case "+": index += 1; return .repeated(node, least: 1, most: nil)
            case "{":
                guard let end = scalars[index...].firstIndex(of: "}") else { return nil }
                let bounds = String(String.UnicodeScalarView(scalars[(index + 1)..<end]))
                    .split(separator: ",", omittingEmptySubsequences: false)
                index = end + 1
                guard let least = bounds.first.flatMap({ Int($0) }) else { return nil }
                return .repeated(node, least: least, most: bounds.count == 1 ? least : Int(bounds[1]))
            default: return node
            }
        }

        /// One scalar of a literal or a class, escapes read.
        private mutating func scalar() -> Unicode.Scalar? {
            guard let next = peek else { return nil }
            index += 1
            guard next == "\\" else { return next }
            guard let escaped = peek else { return nil }
            index += 1
            switch escaped {
            case "n": return "\n"
            case "t": return "\t"
            case "r": return "\r"
            case "x":
                guard index + 2 <= scalars.count else { return nil }
                let hex = String(String.UnicodeScalarView(scalars[index..<index + 2]))
                index += 2
                return UInt32(hex, radix: 16).flatMap(Unicode.Scalar.init)
            default: return escaped
            }
        }

        private mutating func literal() -> Node? {
            var text = String.UnicodeScalarView()
            while let next = peek {
                if next == "\"" {
                    index += 1
                    return .literal(String(text))
                }
                guard let scalar = scalar() else { return nil }
                text.append(scalar)
            }
            return nil
        }

        private mutating func characters() -> Node? {
            let negated = peek == "^"
            if negated { index += 1 }
            var ranges: [ClosedRange<UInt32>] = []
            while let next = peek {
                if next == "]" {
                    index += 1
                    return .oneOf(ranges, negated: negated)
                }
                guard let lower = scalar() else { return nil }
                var upper = lower
                if peek == "-", index + 1 < scalars.count, scalars[index + 1] != "]" {
                    index += 1
                    guard let end = scalar() else { return nil }
                    upper = end
                }
                guard lower.value <= upper.value else { return nil }
                ranges.append(lower.value...upper.value)
            }
            return nil
        }
    }
}
