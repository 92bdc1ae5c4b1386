/// The results of `body` for each item, in the order of the items, at most `jobs` at a time.
///
/// - Throws: The first error to arrive; the rest are then cancelled.
public func concurrently<Item: Sendable, Value: Sendable>(
    _ items: [Item], jobs: Int, _ body: @escaping @Sendable (Item) async throws -> Value
) async throws -> [Value] {
    try await withThrowingTaskGroup(of: (Int, Value).self) { group in
        var values = [Value?](repeating: nil, count: items.count)
        for (index, item) in items.enumerated() {
            if index >= max(1, jobs), let (done, value) = try await group.next() { values[done] = value }
            group.addTask { (index, try await body(item)) }
        }
        while let (done, value) = try await group.next() { values[done] = value }
        return values.compactMap(\.self)
    }
}
