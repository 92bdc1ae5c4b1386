/// One reader of a request in hand, and where in the tree it waits.
final class Waiter {
    let ticket: Int
    let reader: any TokenReader
    /// `nil` when it waits no more.
    var node: SegmentTree<Waiter>.Node?

    init(ticket: Int, reader: any TokenReader) {
        self.ticket = ticket
        self.reader = reader
    }
}

/// A request in hand: all its readers begin after its segments, and when all have read, it is answered.
final class PendingRequest {
    let segments: [[Token]]
    let waiters: [Waiter]
    var caller: CheckedContinuation<Answer, any Error>?
    /// Readers that have not finished.
    var unread: Int
    private let assemble: () -> Answer

    /// Tokens of the segments.
    var length: Int { segments.reduce(0) { $0 + $1.count } }

    /// How likely each continuation is.
    init(_ ticket: Int, scoring continuations: [[Token]], after segments: [[Token]]) {
        let readers = continuations.map(ContinuationReader.init)
        let input = (segments + continuations).reduce(0) { $0 + $1.count }
        self.segments = segments
        waiters = readers.map { Waiter(ticket: ticket, reader: $0) }
        unread = readers.count
        assemble = {
            Answer(response: .scores(readers.map(\.score)), usage: TokenUsage(input: input, output: 0))
        }
    }

    /// A text.
    init(_ ticket: Int, writing reader: TextReader, after segments: [[Token]]) {
        self.segments = segments
        waiters = [Waiter(ticket: ticket, reader: reader)]
        unread = 1
        assemble = { reader.answer }
    }

    var answer: Answer { assemble() }
}
