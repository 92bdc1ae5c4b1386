/// What waits, in groups that begin alike: of the earliest moment the group that came first goes first and whole, in
/// the order of arrival.
///
///     arrive   rosa 1, walt 1, rosa 2, walt 2
///     leave    rosa 1, rosa 2, walt 1, walt 2
///
/// A server that keeps what it has read of a prompt then reads each beginning once. See ``Urgency``.
struct PrefixQueue<Element> {
    /// What a group is told by.
    struct Key: Hashable {
        var moment = Int.min
        var prefix: Int
    }

    private struct Group {
        var elements: [Element] = []
        var head = 0
    }

    /// From `head` on by moment, then by arrival of the first.
    private var order: [Key] = []
    private var head = 0
    private var groups: [Key: Group] = [:]
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// - Complexity: O(1) amortised, and O(groups) for a moment before others that wait.
    mutating func append(_ element: Element, to key: Key) {
        if groups[key] == nil {
            var place = order.count
            while place > head, order[place - 1].moment > key.moment { place -= 1 }
            order.insert(key, at: place)
        }
        groups[key, default: Group()].elements.append(element)
        count += 1
    }

    /// - Complexity: O(1) amortised.
    mutating func popFirst() -> Element? {
        guard head < order.count else { return nil }
        let key = order[head]
        guard let group = groups[key] else { return nil }
        let element = group.elements[group.head]
        count -= 1
        if group.head + 1 < group.elements.count { groups[key]?.head += 1 } else { drop(key, at: head) }
        return element
    }

    /// - Complexity: O(elements that wait).
    mutating func removeFirst(of key: Key, where isWanted: (Element) -> Bool) -> Element? {
        guard let group = groups[key], let place = order[head...].firstIndex(of: key),
            let index = group.elements[group.head...].firstIndex(where: isWanted)
        else { return nil }
        let element = group.elements[index]
        count -= 1
        groups[key]?.elements.remove(at: index)
        if group.elements.count - 1 == group.head { drop(key, at: place) }
        return element
    }

    mutating func removeAll() -> [Element] {
        var all: [Element] = []
        while let next = popFirst() { all.append(next) }
        return all
    }

    private mutating func drop(_ key: Key, at place: Int) {
        groups[key] = nil
        if place == head { head += 1 } else { order.remove(at: place) }
        if head > 64, head * 2 > order.count {
            order.removeFirst(head)
            head = 0
        }
    }
}
