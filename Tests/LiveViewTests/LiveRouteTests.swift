import Kernel
import Testing

@testable import LiveView

struct LiveRouteTests {
    private let token = AccessToken()

    private func route(_ rest: String, method: String = "GET", query: String? = nil) -> LiveRoute? {
        LiveRoute(method: method, path: "/\(token.text)/\(rest)", query: query, token: token)
    }

    @Test func `each path leads to its answer`() {
        #expect(route("") == .page)
        #expect(route("world") == .world)
        #expect(route("events") == .events)
        #expect(route("control", method: "POST") == .control)
        #expect(route("ask", method: "POST") == .ask)
        #expect(route("person/3", query: "until=3600") == .person(3, until: SimulationTime(seconds: 3600)))
    }

    @Test(arguments: ["x", "world/", "person/", "person/-1", "person/a", "person/1/2", "../world", "control", "ask"])
    func `anything else leads nowhere`(_ rest: String) {
        #expect(route(rest, query: "until=0") == nil)
    }

    @Test func `a person without a moment, and a change by GET, lead nowhere`() {
        #expect(route("person/1") == nil)
        #expect(route("person/1", query: "until=soon") == nil)
        #expect(route("world", method: "POST") == nil)
        #expect(route("", method: "DELETE") == nil)
    }

    @Test func `nothing is found without the token`() {
        let word = token.text
        for path in ["", "/", "/world", "//world", "/\(word.dropLast())/world", "/\(AccessToken().text)/", "/\(word)"] {
            #expect(LiveRoute(method: "GET", path: path, query: nil, token: token) == nil)
        }
    }

    @Test func `a request is read strictly`() {
        func read(_ json: String) -> LiveRequest? { LiveRequest(json: Array(json.utf8)) }
        #expect(read(#"{"act":"pause"}"#) == .pause(true))
        #expect(read(#"{"act":"go"}"#) == .pause(false))
        #expect(read(#"{"act":"step"}"#) == .step)
        #expect(read(#"{"act":"speed","speed":20}"#) == .speed(20))
        #expect(read(#"{"act":"speed","speed":null}"#) == .speed(nil))
        #expect(read(#"{"act":"ask","resident":1,"question":"Why?"}"#) == .ask(resident: 1, question: "Why?"))
        for wrong in ["", "[]", "{}", #"{"act":"quit"}"#, #"{"act":"speed","speed":0}"#, #"{"act":"ask","resident":1}"#,
            #"{"act":"ask","resident":-1,"question":"x"}"#, #"{"act":"ask","resident":"1","question":"x"}"#]
        {
            #expect(read(wrong) == nil, "\(wrong)")
        }
    }
}
