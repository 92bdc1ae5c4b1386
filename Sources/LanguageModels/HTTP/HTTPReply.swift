/// A server's answer to one request.
struct HTTPReply: Equatable, Sendable {
    var status: Int
    /// As the header has it; see ``retryAfter(_:now:)``.
    var retryAfter: String?
    /// Where a redirect leads.
    var location: String?
    var body: [UInt8]
}

/// What a server sent is not HTTP, or ended before it was whole.
struct BrokenReply: Error, Equatable {
    /// Part of a sentence.
    var reason: String
}

/// More came than the caller will take.
struct ReplyTooLarge: Error {}
