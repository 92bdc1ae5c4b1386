import Testing

@testable import LiveView

struct ServerSentEventTests {
    @Test func `a message has its number, its name and its data, and ends with an empty line`() {
        #expect(ServerSentEvent(name: "moment", data: "{}", id: 3).framed == "id: 3\nevent: moment\ndata: {}\n\n")
        #expect(ServerSentEvent(name: "pace", data: "{}").framed == "event: pace\ndata: {}\n\n")
    }

    @Test func `data with line breaks in it cannot begin another message`() {
        let framed = ServerSentEvent(name: "moment", data: "a\n\nevent: b\r\nid: 9\rretry: 1", id: nil).framed
        #expect(framed == "event: moment\ndata: a\ndata: \ndata: event: b\ndata: id: 9\ndata: retry: 1\n\n")
    }

    @Test func `a browser goes on after the last message it had, and from the start if it had none of these`() {
        #expect(ServerSentEvent.number(lastEventID: "3", of: 5) == 3)
        #expect(ServerSentEvent.number(lastEventID: "5", of: 5) == 5)
        for unknown in [nil, "", "6", "-1", "x", "3.0", "99999999999999999999"] {
            #expect(ServerSentEvent.number(lastEventID: unknown, of: 5) == 0)
        }
    }
}
