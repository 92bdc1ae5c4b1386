/// A memory's score, ordered as retrieval orders: by score, then by last access, then by sequence.
struct Ranked: Comparable {
    var score: Double
    var lastAccess = 0
    /// Sequence less 1.
    var index = 0
    /// Where its scaled components are kept; of no account in the order.
    var place = 0

    static func == (a: Self, b: Self) -> Bool { a.score == b.score && a.lastAccess == b.lastAccess && a.index == b.index }
    static func < (a: Self, b: Self) -> Bool {
        if a.score != b.score { return a.score < b.score }
        return a.lastAccess != b.lastAccess ? a.lastAccess < b.lastAccess : a.index < b.index
    }
}

/// The largest of the elements offered, at most `capacity` of them, in a heap with the least on top.
///
/// Not generic: without whole-module optimisation a generic heap would compare through witness tables.
///
/// - Complexity: O(1) to refuse an element, O(log capacity) to take one.
struct LargestFew {
    let capacity: Int
    private(set) var heap: [Ranked] = []

    /// - Parameter capacity: At least 1.
    init(capacity: Int) { self.capacity = capacity }

    /// What an element must exceed to be taken; `nil` while any is.
    var threshold: Ranked? { heap.count < capacity ? nil : heap[0] }

    mutating func offer(_ element: Ranked) {
        if heap.count < capacity {
            heap.append(element)
            var child = heap.count - 1
            while child > 0, heap[child] < heap[(child - 1) / 2] {
                heap.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
        } else if heap[0] < element {
            heap[0] = element
            var parent = 0
            while true {
                var least = parent
                for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] { least = child }
                if least == parent { return }
                heap.swapAt(parent, least)
                parent = least
            }
        }
    }
}
