import Foundation
import Testing

/// What `make bench` makes of figures, by the tests that lie beside it.
struct BenchmarkPageTests {
    @Test func `figures become ratios, goals and a page as the benchmarks' own tests claim`() throws {
        let (process, log) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-B", "-m", "unittest", "test_bench"]
        process.currentDirectoryURL = Command.root.appending(path: "Benchmarks")
        process.standardError = log
        try process.run()
        let said = String(decoding: log.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(said)")
        #expect(said.hasSuffix("OK\n"))
    }
}
