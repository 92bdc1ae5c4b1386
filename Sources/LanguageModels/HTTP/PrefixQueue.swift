/// What waits, in groups that begin alike: the group that came first goes first and whole, in the order of arrival.
///
///     arrive   rosa 1, walt 1, rosa 2, walt 2
///     leave    rosa 1, rosa 2, walt 1, walt 2
///
/// A server that keeps what it has read of a prompt then reads each beginning once.
struct PrefixQueue<Element> {
    private struct Group {
        var elements: [Element] = []
        var head = 0
    }

    private var order: [Int] = []
    private var head = 0
    private var groups: [Int: Group] = [:]
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// - Complexity: O(1) amortised.
    mutating func append(_ element: Element, prefix: Int) {
        if groups[prefix] == nil { order.append(prefix) }
        groups[prefix, default: Group()].elements.append(element)
        count += 1
    }

    /// - Complexity: O(1) amortised.
    mutating func popFirst() -> Element? {
        guard head < order.count else { return nil }
        let prefix = order[head]
        guard let group = groups[prefix] else { return nil }
        let element = group.elements[group.head]
        count -= 1
        if group.head + 1 < group.elements.count { groups[prefix]?.head += 1 } else { drop(prefix, at: head) }
        return element
    }

    /// - Complexity: O(elements that wait).
    mutating func removeFirst(prefix: Int, where isWanted: (Element) -> Bool) -> Element? {
        guard let group = groups[prefix], let place = order[head...].firstIndex(of: prefix),
            let index = group.elements[group.head...].firstIndex(where: isWanted)
        else { return nil }
        let element = group.elements[index]
        count -= 1
        groups[prefix]?.elements.remove(at: index)
        if group.elements.count - 1 == group.head { drop(prefix, at: place) }
        return element
    }

    mutating func removeAll() -> [Element] {
        var all: [Element] = []
        while let next = popFirst() { all.append(next) }
        return all
    }

    private mutating func drop(_ prefix: Int, at place: Int) {
        groups[prefix] = nil
        if place == head { head += 1 } else { order.remove(at: place) }
        if head > 64, head * 2 > order.count {
            order.removeFirst(head)
            head = 0
        }
    }
}
