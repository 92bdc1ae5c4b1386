/// The requests in hand as a tree of segments: what waits for the logits after a list of segments hangs at its node.
///
/// ``next(along:)`` walks it depth first from where the stream stands, so that what is evaluated is used before it is
/// cut, whatever the order in which requests come and go.
///
/// Invariant: every node but the root has somebody waiting at it or below it.
final class SegmentTree<Waiter: AnyObject> {
    final class Node {
        let segment: [Token]
        let path: PathDigest
        private(set) weak var parent: Node?
        /// In the order of arrival.
        fileprivate(set) var children: [Node] = []
        fileprivate(set) var waiters: [Waiter] = []
        fileprivate var places: [[Token]: Node] = [:]

        fileprivate init(segment: [Token], path: PathDigest, parent: Node?) {
            self.segment = segment
            self.path = path
            self.parent = parent
        }

        fileprivate func child(_ segment: [Token]) -> Node {
            if let known = places[segment] { return known }
            let new = Node(segment: segment, path: path.appending(segment), parent: self)
            places[segment] = new
            children.append(new)
            return new
        }
    }

    let root = Node(segment: [], path: PathDigest(), parent: nil)

    var isEmpty: Bool { root.children.isEmpty }

    /// Lets somebody wait at the end of a list of segments below a node, or below the root.
    func add(_ waiters: [Waiter], at segments: [[Token]], below node: Node? = nil) -> Node {
        let end = segments.reduce(node ?? root) { $0.child($1) }
        end.waiters += waiters
        return end
    }

    /// Takes everybody who waits at a node off it. Who waits on must be added again, below it or elsewhere, before
    /// ``prune(_:)``.
    func takeWaiters(at node: Node) -> [Waiter] {
        defer { node.waiters = [] }
        return node.waiters
    }

    func remove(_ waiter: Waiter, at node: Node) {
        node.waiters.removeAll { $0 === waiter }
        prune(node)
    }

    /// Removes a node for which nobody waits any more, and those above it of which that is true then.
    func prune(_ node: Node) {
        var node = node
        while node.waiters.isEmpty, node.children.isEmpty, let parent = node.parent {
            parent.places[node.segment] = nil
            parent.children.removeAll { $0 === node }
            node = parent
        }
    }

    /// The nodes down to the one to serve next: of those that share most segments with `resident` the first, and of
    /// those on one path the uppermost. Empty when nobody waits.
    func next(along resident: [[Token]]) -> [Node] {
        var path: [Node] = []
        var node = root
        for segment in resident {
            guard let child = node.places[segment] else { break }
            path.append(child)
            node = child
        }
        while node.waiters.isEmpty, let child = node.children.first {
            path.append(child)
            node = child
        }
        return path
    }
}
