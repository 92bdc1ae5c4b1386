/// The mistakes found so far, across files.
final class Findings {
    private var list: [(order: Int, diagnostic: Diagnostic)] = []
    private var files: [String] = []

    func add(_ diagnostic: Diagnostic) {
        if !files.contains(diagnostic.file) { files.append(diagnostic.file) }
        guard list.count < 1000, !list.contains(where: { $0.diagnostic == diagnostic }) else { return }
        list.append((list.count, diagnostic))
    }

    func add(_ error: DiagnosticsError) { error.diagnostics.forEach(add) }

    /// Throws all of them by file, line and column.
    func check() throws(DiagnosticsError) {
        guard !list.isEmpty else { return }
        func place(_ entry: (order: Int, diagnostic: Diagnostic)) -> [Int] {
            [files.firstIndex(of: entry.diagnostic.file) ?? 0, entry.diagnostic.line, entry.diagnostic.column, entry.order]
        }
        throw DiagnosticsError(
            diagnostics: list.sorted { place($0).lexicographicallyPrecedes(place($1)) }.map(\.diagnostic))
    }
}
