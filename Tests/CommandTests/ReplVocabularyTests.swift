import Testing

@testable import Studies

struct ReplVocabularyTests {
    private let vocabulary = {
        var vocabulary = ReplVocabulary.empty
        vocabulary.commands = ["look", "map", "poll", "tell"]
        vocabulary.people = ["Ann", "Ann Lee", "ann-lee", "Zoë Ö"]
        vocabulary.places = ["main street", "market", "town hall"]
        vocabulary.questions = ["natpark", "natsci"]
        vocabulary.attributes = ["party", "place"]
        vocabulary.runs = ["run-1", "run-2"]
        vocabulary.branches = ["main", "main~1"]
        return vocabulary
    }()

    @Test(arguments: [
        ("", ["Ann", "Ann Lee", "Zoë Ö", "ann-lee", "look", "map", "poll", "tell"]), ("l", ["look"]), ("ma", ["map"]), ("zo", ["Zoë Ö"]),
        ("look ", ["main street", "market", "town hall"]), ("look ma", ["main street", "market"]), ("look town h", ["hall"]),
        ("look TOWN H", ["hall"]), ("tell an", ["ann-lee"]), ("tell Ann L", ["Lee"]), ("poll nats", ["natsci"]),
        ("poll natsci ", ["by"]), ("poll natsci by pa", ["party"]), ("changes main~", ["main~1"]), ("open r", ["run-1", "run-2"]),
        ("show run-2", ["run-2"]), ("why ", ["last"]), ("back ", ["to"]), ("map ", []), ("look nowhere", []), ("tell Zoë ", ["Ö"]),
    ])
    func `a line is completed by what can stand there`(_ line: String, _ words: [String]) {
        #expect(vocabulary.continuations(of: line) == words)
    }
}
