import Testing

@testable import Surveys

@Suite struct ImportEdgeTests {
    func table(_ text: String) throws(CSVError) -> CSVTable { try CSVTable(Array(text.utf8)) }

    @Test func `text that is not UTF-8 says where`() {
        #expect { try CSVTable(Array("a,b\n1,".utf8) + [0xFF, 10]) } throws: {
            "\($0)" == "line 2, column 2: the text is not UTF-8"
        }
    }

    @Test func `a carriage return alone ends no line`() {
        #expect { try table("a,b\n1,2\r3,4\n") } throws: {
            "\($0)" == "line 2, column 2: a carriage return without a line feed"
        }
    }

    @Test func `the last line needs no line end, and a comma at its end is an empty cell`() throws {
        #expect(try table("a,b\n1,2").rows.map(\.cells) == [["1", "2"]])
        #expect(try table("a,b\n1,").rows.map(\.cells) == [["1", ""]])
        #expect(try table("a,b\r\n").rows.isEmpty)
    }

    @Test func `too many cells are named at the first one too many`() {
        #expect { try table("a,b\n1,2\n1,2,3\n") } throws: {
            "\($0)" == "line 3, column 3: 3 cells, but the header names 2 columns"
        }
    }

    let codebook = Codebook(
        id: "s", title: "S", respondent: "id", stratum: "st", cluster: "cl",
        variables: [Variable(name: "p", kind: .coded([.init(code: "1", text: "one")]))], questions: [])

    @Test func `a column named twice is a mismatch on line 1`() throws {
        let (people, wrong) = codebook.respondents(from: try table("id,st,cl,p,p\n1,a,b,1,1\n"))
        #expect(people.isEmpty)
        #expect(wrong.map(\.description) == ["1: error: column 'p': the header names it twice"])
    }

    @Test func `an empty stratum or cluster is missing, not a stratum of its own`() throws {
        let (people, wrong) = codebook.respondents(from: try table("id,st,cl,p\n1,,,1\n2,a,b,1\n"))
        #expect(wrong.isEmpty)
        #expect(people.map(\.stratum) == [nil, "a"])
        #expect(people.map(\.cluster) == [nil, "b"])
    }

    @Test func `respondents without an id are not called duplicates`() throws {
        let (_, wrong) = codebook.respondents(from: try table("id,st,cl,p\n,a,b,1\n,a,b,1\n"))
        #expect(
            wrong.map(\.description) == [
                "2: error: column 'id': the respondent has no id", "3: error: column 'id': the respondent has no id",
            ])
    }

    @Test func `a code without words is a mismatch`() throws {
        let (_, wrong) = codebook.respondents(from: try table("id,st,cl,p\n1,a,b,2\n"))
        #expect(wrong.map(\.description) == ["2: error: column 'p': the code '2' has no words in the codebook"])
    }

    @Test(arguments: ["", "-1", "inf", "1e400", "1,5", "0x10"])
    func `only a finite number above 0 is a weight`(_ cell: String) throws {
        var codebook = codebook
        codebook.weight = "w"
        let (_, wrong) = codebook.respondents(from: try table("id,st,cl,p,w\n1,a,b,1,\"\(cell)\"\n"))
        #expect(wrong.map(\.description) == ["2: error: column 'w': the weight '\(cell)' is not a number above 0"])
    }

    @Test func `a column two roles need is missing once`() throws {
        var codebook = codebook
        codebook.variables.append(Variable(name: "st", kind: .categories(["a"])))
        let (_, wrong) = codebook.respondents(from: try table("id,cl,p\n1,b,1\n"))
        #expect(wrong.map(\.description) == ["1: error: column 'st': the data have no such column"])
    }
}
