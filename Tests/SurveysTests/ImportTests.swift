import Testing

@testable import Surveys

@Suite struct ImportTests {
    func table(_ text: String) throws(CSVError) -> CSVTable { try CSVTable(Array(text.utf8)) }

    @Test func `quotes, commas, line breaks in cells, CRLF and a byte order mark are read`() throws {
        let table = try table("\u{FEFF}id,note\r\n1,\"a, \"\"b\"\"\nc\"\r\n2,d\n")
        #expect(table.header == ["id", "note"])
        #expect(table.rows.map(\.cells) == [["1", "a, \"b\"\nc"], ["2", "d"]])
        #expect(table.rows.map(\.line) == [2, 4])
    }

    @Test(arguments: [
        ("a,b\n1\n", "line 2, column 2: 1 cell, but the header names 2 columns"),
        ("a\n\"x\n", "line 2, column 1: a quote is not closed"),
        ("a\nx\"y\n", "line 2, column 1: a quote inside a cell that is not quoted"),
        ("a\n\"x\"y\n", "line 2, column 1: text follows a closing quote"),
        ("", "line 1, column 1: the file is empty"),
        ("a\nx\u{0}\n", "line 2, column 1: a NUL character"),
    ])
    func `a broken table says where`(_ text: String, _ message: String) {
        #expect { try table(text) } throws: { "\($0)" == message }
    }

    let codebook = Codebook(
        id: "s", title: "S", respondent: "id", weight: "w",
        variables: [
            Variable(name: "age", kind: .number(unit: "years")), Variable(name: "sex", kind: .categories(["Male", "Female"])),
        ],
        questions: [
            Question(
                id: "q", ask: "?", scale: .nominal, options: [.init(code: 1, text: "Yes"), .init(code: 0, text: "No")],
                nonAnswers: .codes(refused: [9], dontKnow: [8], notAsked: [7]))
        ])

    @Test func `refused, don't know and not asked stay three things`() throws {
        let (people, wrong) = codebook.respondents(
            from: try table("id,w,age,sex,q\n1,1,30,Male,1\n2,2,,,9\n3,1,40,Female,8\n4,1,40,Female,7\n5,1,40,Male,\n"))
        #expect(wrong.isEmpty)
        #expect(people.map { $0.answers["q"] } == [.option(0), .refused, .dontKnow, .missing, nil])
        #expect(people[1].variables.isEmpty && people[1].weight == 2)
        #expect(codebook.questions[0].refusalShare(of: people) == 0.5)
    }

    @Test func `every mismatch is named by line and column, all at once`() throws {
        let (_, wrong) = codebook.respondents(
            from: try table("id,w,age,sex,q\n1,0,x,Male,1\n1,1,30,Other,5\n,nan,30,Male,0\n"))
        #expect(
            wrong.map(\.description) == [
                "2: error: column 'w': the weight '0' is not a number above 0",
                "2: error: column 'age': 'x' is not a whole number",
                "3: error: column 'id': the id '1' occurs twice",
                "3: error: column 'sex': 'Other' is not a category of the codebook",
                "3: error: column 'q': the code '5' is none of 1, 0",
                "4: error: column 'id': the respondent has no id",
                "4: error: column 'w': the weight 'nan' is not a number above 0",
            ])
    }

    @Test func `a missing column is one mismatch, not one a row`() throws {
        let (people, wrong) = codebook.respondents(from: try table("id,w,age,q\n1,1,30,1\n"))
        #expect(people.isEmpty)
        #expect(wrong.map(\.description) == ["1: error: column 'sex': the data have no such column"])
    }
}
