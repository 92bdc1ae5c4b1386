/// One message of an event stream.
///
///     ServerSentEvent(name: "moment", data: "{}", id: 3).framed       // "id: 3\nevent: moment\ndata: {}\n\n"
///
/// - Source: WHATWG HTML Living Standard, section 9.2, "Server-sent events".
struct ServerSentEvent: Hashable, Sendable {
    var name: String
    var data: String
    /// What the browser gives back as `Last-Event-ID` when it connects again.
    var id: Int?

    /// Keeps a connection from being taken for dead.
    static let heartbeat = ": \n\n"

    /// How many milliseconds a browser waits before it connects again.
    static let retry = "retry: 1000\n\n"

    /// A line of data each, so that no data can end the message or begin a field.
    var framed: String {
        var text = id.map { "id: \($0)\n" } ?? ""
        text += "event: \(name)\n"
        for line in data.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            text += "data: \(line)\n"
        }
        return text + "\n"
    }

    /// The number of the last message a browser has had; 0 for none and for what is not one of `count` numbers.
    static func number(lastEventID: String?, of count: Int) -> Int {
        guard let number = lastEventID.flatMap({ Int($0) }), (0...count).contains(number) else { return 0 }
        return number
    }
}
