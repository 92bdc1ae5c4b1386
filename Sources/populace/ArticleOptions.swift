import ArgumentParser
import Studies

/// How `import` takes in articles for people to read.
struct ArticleOptions: ParsableArguments {
    @Flag(help: "Write the articles of a folder of texts, a .csv or a .jsonl file as a source that 'reads:' can name.")
    var articles = false

    @Option(name: .shortAndLong, help: ArgumentHelp("With --articles: the source's folder, Worlds/media/courier.", valueName: "folder"))
    var output: String?

    @Option(help: ArgumentHelp("With --articles: the column of the texts; 'text' if left out.", valueName: "column"))
    var text: String?

    @Option(help: ArgumentHelp("With --articles: the column of the dates; 'date' if left out.", valueName: "column"))
    var date: String?

    @Option(help: ArgumentHelp("With --articles: the column of the titles; 'title' if left out.", valueName: "column"))
    var title: String?

    @Option(help: ArgumentHelp("With --articles: the column of the authors; 'author', where there is one, if left out.", valueName: "column"))
    var author: String?

    /// `nil` where no articles are to be imported.
    func request(of source: String) throws -> ArticleImport.Request? {
        guard articles else {
            if [output, text, date, title, author].contains(where: { $0 != nil }) {
                throw ValidationError("--output, --text, --date, --title and --author go with --articles")
            }
            return nil
        }
        guard let output else { throw ValidationError("--articles needs -o FOLDER, such as -o Worlds/media/courier") }
        return ArticleImport.Request(
            source: source, output: output, text: text, date: date, title: title, author: author)
    }
}
