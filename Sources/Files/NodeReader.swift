internal import Yams

/// Reads values off nodes; whatever does not fit is a finding and reads as `nil`.
struct NodeReader {
    let source: SourceText
    let findings: Findings

    func report(_ node: Node?, _ message: String, hint: String? = nil) {
        findings.add(source.diagnostic(node?.mark?.line ?? 1, node?.mark?.column ?? 1, message, hint: hint))
    }

    func text(_ node: Node, _ what: String) -> String? {
        guard let scalar = node.scalar, !isNothing(node) else {
            report(node, "\(what) must be text, not \(describe(node))")
            return nil
        }
        return scalar.string.trimmingSpace
    }

    func integer(_ node: Node, _ what: String, in range: ClosedRange<Int>) -> Int? {
        if let text = node.scalar?.string, let value = Int(text.filter { $0 != "_" }), range.contains(value) { return value }
        let bounds = range.upperBound == .max ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
        report(node, "\(what) must be a whole number \(bounds), not \(describe(node))")
        return nil
    }

    func number(_ node: Node, _ what: String, in range: ClosedRange<Double>) -> Double? {
        if let value = node.scalar.flatMap({ Double($0.string) }), range.contains(value) { return value }
        report(node, "\(what) must be a number from \(shortest(range.lowerBound)) to \(shortest(range.upperBound)), not \(describe(node))")
        return nil
    }

    /// A quantity with its unit: `20 memories`; the unit may be left out.
    func quantity(_ node: Node, _ what: String, unit: String, usual: Double, in range: ClosedRange<Double>) -> Double? {
        let text = node.scalar?.string.trimmingSpace ?? ""
        let bare = text.hasSuffix(" " + unit) ? String(text.dropLast(unit.count + 1)) : text
        if let value = Double(bare), range.contains(value) { return value }
        report(node, "\(what) must read like '\(shortest(usual)) \(unit)', not \(describe(node))")
        return nil
    }

    /// A whole quantity with its unit: `20 memories`; the unit may be left out.
    func count(_ node: Node, _ what: String, unit: String, usual: Int, in range: ClosedRange<Int>) -> Int? {
        let text = node.scalar?.string.trimmingSpace ?? ""
        let bare = text.hasSuffix(" " + unit) ? String(text.dropLast(unit.count + 1)) : text
        if let value = Int(bare) {
            if range.contains(value) { return value }
            report(node, "\(what) must be from \(range.lowerBound) to \(range.upperBound) \(unit), not \(describe(node))")
        } else {
            report(node, "\(what) must read like '\(usual) \(unit)', not \(describe(node))")
        }
        return nil
    }

    /// A value read by its own initialiser, such as a time.
    func value<Value>(_ node: Node, _ what: String, like example: String, _ read: (String) -> Value?) -> Value? {
        if let text = node.scalar?.string.trimmingSpace, let value = read(text) { return value }
        report(node, "\(what) must read like '\(example)', not \(describe(node))")
        return nil
    }

    func list(_ node: Node, _ what: String) -> [Node] {
        if let sequence = node.sequence { return Array(sequence) }
        report(node, "\(what) must be a list, not \(describe(node))")
        return []
    }

    func texts(_ node: Node, _ what: String) -> [(text: String, node: Node)] {
        list(node, what).compactMap { item in text(item, "each of \(what)").map { ($0, item) } }
    }

    /// The entries of a mapping with keys of the writer's own, in file order.
    func entries(_ node: Node, _ what: String) -> [(name: String, key: Node, value: Node)] {
        guard let mapping = node.mapping else {
            report(node, "\(what) must be a mapping, not \(describe(node))")
            return []
        }
        return mapping.compactMap { key, value in
            guard let name = text(key, "a key of \(what)"), name.unicodeScalars.first != Document.duplicateMark else { return nil }
            return (name, key, value)
        }
    }

    func isNothing(_ node: Node) -> Bool {
        guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }

    func describe(_ node: Node) -> String {
        if isNothing(node) { return "nothing" }
        if let scalar = node.scalar {
            let text = String(scalar.string.unicodeScalars.prefix(40))
            return "'\(text)\(scalar.string.unicodeScalars.count > 40 ? "…" : "")'"
        }
        return node.sequence != nil ? "a list" : "a mapping"
    }
}

/// A number as short as it reads back, without `.0`.
func shortest(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
}

extension String {
    /// Without white space at both ends and with that inside folded lines kept.
    var trimmingSpace: String {
        var view = self[...]
        while let last = view.last, last.isWhitespace { view.removeLast() }
        return String(view.drop(while: \.isWhitespace))
    }
}
