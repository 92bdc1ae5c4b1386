internal import CReadStat
internal import Foundation

/// The reading process: what `populace __read-survey` does, under limits, for ``SurveyReader``.
///
/// Standard output gets, for each file, lines of UTF-8 that begin with their kind:
///
///     M {"format":"sav", ...}     the metadata as JSON
///     R 1\t\t.a\tYes              a row's cells
///     E 1200                      the end, and the number of rows
///     X {"damaged":{"_0":"..."}}  or, in place of the end, what is wrong
public enum SurveyReaderProcess {
    public static let subcommand = "__read-survey"

    /// - Parameter arguments: CPU seconds, bytes of memory, files, and behind `--` the columns wanted (`--` missing: all).
    /// - Returns: The exit status.
    public static func main(_ arguments: [String]) -> Int32 {
        guard arguments.count >= 3, let seconds = UInt(arguments[0]), let bytes = UInt(arguments[1]) else { return 64 }
        populace_limit_process(seconds, bytes)
        let rest = arguments[2...]
        let files = rest.prefix { $0 != "--" }
        let columns = files.count < rest.count ? Set(rest.dropFirst(files.count + 1)) : nil
        let output = Output()
        for file in files {
            do throws(SurveyFormatError) {
                let parse = try SurveyParse(file)
                output.line("M", (try? JSONEncoder().encode(parse.metadata)) ?? Data())
                let rows = try parse.readRows(columns: columns) { row in
                    output.line("R", row)
                    return true
                }
                output.line("E", "\(rows)".utf8)
            } catch {
                output.line("X", (try? JSONEncoder().encode(error)) ?? Data())
            }
            output.flush()
        }
        return 0
    }

    private final class Output {
        private var bytes: [UInt8] = []

        func line(_ kind: String, _ text: some Sequence<UInt8>) {
            bytes.append(contentsOf: kind.utf8)
            bytes.append(32)
            bytes.append(contentsOf: text)
            bytes.append(10)
            if bytes.count > 1 << 17 { flush() }
        }

        func flush() {
            bytes.withUnsafeBytes { raw in
                var rest = raw[...]
                while !rest.isEmpty {
                    let written = write(1, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                    if written < 0, errno != EINTR { exit(1) }
                    rest = rest.dropFirst(max(0, written))
                }
            }
            bytes.removeAll(keepingCapacity: true)
        }
    }
}
