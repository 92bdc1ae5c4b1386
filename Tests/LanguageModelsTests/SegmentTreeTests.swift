@testable import LanguageModels
import Testing

/// Walks of the tree of requests, without a model: the stream is a list of segments.
@Suite struct SegmentTreeTests {
    private final class Request {
        let path: [[Token]]
        init(_ path: [[Token]]) { self.path = path }
    }

    /// A stream that only counts.
    private struct Stream {
        var path: [[Token]] = []
        var evaluated = 0

        mutating func advance(along segments: [[Token]]) {
            var shared = 0
            while shared < min(path.count, segments.count), path[shared] == segments[shared] { shared += 1 }
            path.removeSubrange(shared...)
            path.append(segments[shared])
            evaluated += segments[shared].count
        }
    }

    private static func survey(personas: Int, questions: Int) -> [[[Token]]] {
        (0..<personas).flatMap { persona in
            (0..<questions).flatMap { question in
                [[1, 2], [Token(persona), 7, 7], [Token(question), 9]].prefixes(from: question == 0 ? 1 : 3)
            }
        }
    }

    /// Tokens of the union of all beginnings.
    private static func floor(_ paths: [[[Token]]]) -> Int {
        Set(paths.flatMap { $0.prefixes(from: 1) }).reduce(0) { $0 + ($1.last?.count ?? 0) }
    }

    /// Serves all, adding as many more after each evaluation.
    private static func serve(_ paths: [[[Token]]], atOnce: Int, more: Int) -> (served: [[[Token]]], evaluated: Int) {
        let tree = SegmentTree<Request>()
        var (stream, served) = (Stream(), [[[Token]]]())
        var waiting = paths[...]
        func add(_ count: Int) {
            for path in waiting.prefix(count) { _ = tree.add([Request(path)], at: path) }
            waiting = waiting.dropFirst(count)
        }
        add(atOnce)
        while !tree.isEmpty {
            let path = tree.next(along: stream.path)
            let segments = path.map(\.segment)
            if !stream.path.starts(with: segments) { stream.advance(along: segments) }
            if stream.path.starts(with: segments), let node = path.last {
                served += tree.takeWaiters(at: node).map(\.path)
                tree.prune(node)
            }
            add(more)
        }
        return (served, stream.evaluated)
    }

    @Test func `what is in hand is evaluated once, in whatever order it came`() {
        let paths = Self.survey(personas: 6, questions: 5)
        var generator = SamplingGenerator(seed: 3)
        for _ in 0..<20 {
            let shuffled = paths.shuffled(using: &generator)
            let (served, evaluated) = Self.serve(shuffled, atOnce: shuffled.count, more: 0)
            #expect(served.count == paths.count && Set(served) == Set(paths))
            #expect(evaluated == Self.floor(paths))
        }
    }

    @Test func `what comes in order through a window is evaluated once`() {
        let paths = Self.survey(personas: 40, questions: 5)
        let (served, evaluated) = Self.serve(paths, atOnce: 12, more: 2)
        #expect(served.count == paths.count)
        #expect(evaluated == Self.floor(paths))
    }

    @Test func `the uppermost waiter on a path comes before those below it`() throws {
        let tree = SegmentTree<Request>()
        _ = tree.add([Request([[1], [2], [3]])], at: [[1], [2], [3]])
        let upper = tree.add([Request([[1], [2]])], at: [[1], [2]])
        #expect(tree.next(along: []).last === upper)
        // One that shares more comes before one that shares less, whichever came first.
        let other = tree.add([Request([[4]])], at: [[4]])
        #expect(tree.next(along: [[4], [5]]).last === other)
        #expect(tree.next(along: [[1], [9]]).last === upper)
    }

    @Test func `a request taken back leaves nothing to evaluate`() {
        let tree = SegmentTree<Request>()
        let (one, two) = (Request([[1], [2]]), Request([[1], [3]]))
        let node = tree.add([one], at: one.path)
        let kept = tree.add([two], at: two.path)
        tree.remove(one, at: node)
        #expect(tree.next(along: [[1], [2]]).last === kept)
        tree.remove(two, at: kept)
        #expect(tree.isEmpty && tree.next(along: [[1]]).isEmpty)
    }

    @Test func `a path's digest knows tokens, their order and where segments end`() {
        let lists: [[[Token]]] = [[], [[1, 2, 3]], [[1, 2], [3]], [[1], [2, 3]], [[1], [2], [3]], [[3, 2, 1]], [[0]], [[0, 0]]]
        let digests = lists.map { $0.reduce(PathDigest()) { $0.appending($1) } }
        #expect(Set(digests).count == lists.count)
        #expect(PathDigest().appending([5]).appending([6]) == PathDigest().appending([5]).appending([6]))
    }
}

extension Array {
    /// The beginnings of at least `count` elements.
    fileprivate func prefixes(from count: Int) -> [Self] { (count...Swift.max(count, self.count)).map { Array(prefix($0)) } }
}
