internal import Yams

/// The entries of a mapping whose keys are known.
struct Fields {
    let reader: NodeReader
    let node: Node
    /// What the mapping describes, for messages: `a place`.
    let what: String
    private var entries: [(name: String, key: Node, value: Node)]

    /// Reports unknown keys; `nil` where the node is no mapping.
    init?(_ node: Node, _ what: String, _ keys: Keys, _ reader: NodeReader) {
        self.init(node, what, keys.names, reader)
    }

    init?(_ node: Node, _ what: String, _ known: [String], _ reader: NodeReader) {
        self.reader = reader
        self.node = node
        self.what = what
        entries = reader.entries(node, what)
        guard node.mapping != nil else { return nil }
        for entry in entries where !known.contains(entry.name) {
            reader.report(
                entry.key, "unknown key '\(entry.name)'",
                hint: suggestion(for: entry.name, among: known).map { "did you mean '\($0)'?" }
                    ?? "\(what) may have \(known.map { "'\($0)'" }.joined(separator: ", "))")
        }
    }

    /// `nil` where the key is absent.
    subscript(key: String) -> Node? { entries.first { $0.name == key }?.value }

    /// The entries as written, in file order.
    var written: [(name: String, key: Node, value: Node)] { entries }

    func required(_ key: String) -> Node? {
        if let node = self[key] { return node }
        reader.report(node, "\(what) needs a '\(key)'")
        return nil
    }

    func text(_ key: String) -> String? { self[key].flatMap { reader.text($0, "'\(key)'") } }
    /// Empty after a finding.
    func requiredText(_ key: String) -> String {
        guard let node = required(key), let text = reader.text(node, "'\(key)'") else { return "" }
        if text.isEmpty { reader.report(node, "'\(key)' must not be empty") }
        return text
    }
    func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        self[key].flatMap { reader.integer($0, "'\(key)'", in: range) }
    }
    func number(_ key: String, in range: ClosedRange<Double>) -> Double? {
        self[key].flatMap { reader.number($0, "'\(key)'", in: range) }
    }
    func quantity(_ key: String, unit: String, usual: Double, in range: ClosedRange<Double>) -> Double? {
        self[key].flatMap { reader.quantity($0, "'\(key)'", unit: unit, usual: usual, in: range) }
    }
    /// A whole quantity with its unit, which may be left out: `2 per day`.
    func count(_ key: String, unit: String, usual: Int, in range: ClosedRange<Int>) -> Int? {
        self[key].flatMap { reader.count($0, "'\(key)'", unit: unit, usual: usual, in: range) }
    }
    func value<Value>(_ key: String, like example: String, _ read: (String) -> Value?) -> Value? {
        self[key].flatMap { reader.value($0, "'\(key)'", like: example, read) }
    }
    func list(_ key: String) -> [Node] { self[key].map { reader.list($0, "'\(key)'") } ?? [] }
    func texts(_ key: String) -> [(text: String, node: Node)] { self[key].map { reader.texts($0, "'\(key)'") } ?? [] }
    func entries(_ key: String) -> [(name: String, key: Node, value: Node)] {
        self[key].map { reader.entries($0, "'\(key)'") } ?? []
    }
}
