import ArgumentParser
import Studies

struct ReplCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "repl", abstract: "Step through a world by hand.")
}
