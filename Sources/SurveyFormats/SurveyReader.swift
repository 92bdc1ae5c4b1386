internal import CReadStat
internal import Foundation

/// Reads data files of statistics programs, each in a process of its own that may take only so much and may die.
///
/// Memory is bounded by one row, whatever the file claims.
public struct SurveyReader: Sendable {
    public struct Limits: Hashable, Sendable {
        /// CPU seconds of the reading process, and besides one for each of its file's megabytes.
        public var seconds: Int
        /// Address space of the reading process.
        public var bytes: Int
        /// The reading process must say something this often.
        public var silentSeconds: Int

        public init(seconds: Int = 20, bytes: Int = 4 << 30, silentSeconds: Int = 60) {
            (self.seconds, self.bytes, self.silentSeconds) = (seconds, bytes, silentSeconds)
        }
    }

    /// Longest line taken from the reading process; longer ones are nonsense.
    static let longestLine = 64 << 20

    /// Path of a program that gives ``SurveyReaderProcess/main(_:)`` what follows the subcommand.
    public var program: String
    public var limits: Limits

    public init(program: String, limits: Limits = Limits()) {
        self.program = program
        self.limits = limits
    }

    /// The running program if it is `populace`, else the `populace` built beside it.
    public init(limits: Limits = Limits()) throws(SurveyFormatError) {
        let own = (Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])).resolvingSymlinksInPath()
        let beside = own.deletingLastPathComponent().appendingPathComponent("populace")
        let found = own.lastPathComponent == "populace" ? own : beside
        guard FileManager.default.isExecutableFile(atPath: found.path) else { throw .noReader("there is no \(found.path)") }
        self.init(program: found.path, limits: limits)
    }

    /// What a file says about itself.
    public func metadata(of path: String) throws -> SurveyMetadata { try read(path) { _ in false } row: { _, _ in } }

    /// Reads a file's rows in order.
    ///
    /// - Parameters:
    ///   - columns: Those wanted; all by default. Names the file does not have are ignored.
    ///   - begin: Gets the metadata before the first row; `false` stops there.
    ///   - row: Gets the row's number, from 1, and its cells in file order of the columns, as a CSV file would have them.
    /// - Throws: ``SurveyFormatError``, and what the closures throw.
    /// - Complexity: Time in cells; memory in one row. About 100 ns a cell.
    @discardableResult
    public func read(
        _ path: String, columns: Set<String>? = nil, begin: (SurveyMetadata) throws -> Bool = { _ in true },
        row: (Int, [String]) throws -> Void
    ) throws -> SurveyMetadata {
        var found: SurveyMetadata?
        var (count, width) = (0, 0)
        var error: SurveyFormatError?
        var ended = false
        try lines(of: [path], columns: columns) { kind, text in
            switch (kind, found) {
            case (UInt8(ascii: "M"), nil):
                guard let metadata = try? JSONDecoder().decode(SurveyMetadata.self, from: Data(text)) else { throw SurveyFormatError.garbled }
                found = metadata
                width = columns.map { wanted in metadata.variables.count { wanted.contains($0.name) } } ?? metadata.variables.count
                if try !begin(metadata) {
                    ended = true
                    return false
                }
            case (UInt8(ascii: "R"), _?):
                let cells = CellText.cells(text, count: width)
                guard cells.count == width else { throw SurveyFormatError.garbled }
                count += 1
                try row(count, cells)
            case (UInt8(ascii: "E"), _?):
                guard Int(String(decoding: text, as: UTF8.self)) == count else { throw SurveyFormatError.garbled }
                ended = true
                return false
            case (UInt8(ascii: "X"), _):
                error = (try? JSONDecoder().decode(SurveyFormatError.self, from: Data(text))) ?? .garbled
                return false
            default: throw SurveyFormatError.garbled
            }
            return true
        }
        if let error { throw error }
        guard ended, let found else { throw SurveyFormatError.garbled }
        return found
    }

    /// Runs a reading process and gives its lines, by kind, until `take` says no.
    ///
    /// - Throws: When the process crashed, took too long or ended without `take` having said no.
    func lines(of paths: [String], columns: Set<String>?, _ take: (UInt8, UnsafeBufferPointer<UInt8>) throws -> Bool) throws {
        var megabytes = 0
        for path in paths {
            let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
            guard size > 0 || FileManager.default.isReadableFile(atPath: path) else { throw SurveyFormatError.cannotBeRead }
            megabytes += size >> 20
        }
        let seconds = limits.seconds + megabytes
        var arguments = [program, SurveyReaderProcess.subcommand, "\(seconds)", "\(limits.bytes)"]
        // An absolute path never begins with a dash.
        arguments += paths.map { URL(fileURLWithPath: $0).path }
        if let columns { arguments += ["--"] + columns.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
        let (child, output) = try start(arguments)
        var isWaitedFor = false
        defer {
            close(output)
            if !isWaitedFor {
                kill(child, SIGKILL)
                _ = populace_wait(child)
            }
        }
        var pending: [UInt8] = []
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { chunk.deallocate() }
        while true {
            var ready = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            let polled = poll(&ready, 1, Int32(limits.silentSeconds) * 1000)
            if polled == 0 { throw SurveyFormatError.tookTooLong(seconds: limits.silentSeconds) }
            let count = Foundation.read(output, chunk.baseAddress, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            pending.append(contentsOf: chunk[..<count])
            var start = 0
            let goesOn = try pending.withUnsafeBufferPointer { bytes in
                while let base = bytes.baseAddress, start < bytes.count,
                    let found = memchr(base + start, 10, bytes.count - start)
                {
                    let end = base.distance(to: found.assumingMemoryBound(to: UInt8.self))
                    guard end - start >= 2, bytes[start + 1] == 32 else { throw SurveyFormatError.garbled }
                    if try !take(bytes[start], UnsafeBufferPointer(rebasing: bytes[(start + 2)..<end])) { return false }
                    start = end + 1
                }
                return true
            }
            guard goesOn else { return }
            pending.removeSubrange(..<start)
            guard pending.count <= Self.longestLine else { throw SurveyFormatError.garbled }
        }
        isWaitedFor = true
        let status = populace_wait(child)
        if status == -SIGXCPU { throw SurveyFormatError.tookTooLong(seconds: seconds) }
        if status < 0 { throw SurveyFormatError.readerCrashed(signal: Int(-status)) }
        throw SurveyFormatError.garbled
    }

    /// The child sees neither our keys nor anything else of our environment but where libraries are.
    private func start(_ arguments: [String]) throws -> (child: pid_t, output: Int32) {
        let kept = ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PATH"]
        let environment =
            ["SWIFT_BACKTRACE=enable=no", "LC_ALL=C"]
            + kept.compactMap { name in ProcessInfo.processInfo.environment[name].map { "\(name)=\($0)" } }
        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for text in argv + envp { free(text) } }
        var (child, output): (pid_t, Int32) = (0, -1)
        let result = populace_spawn(program, &argv, &envp, &child, &output)
        guard result == 0 else { throw SurveyFormatError.noReader(String(cString: strerror(result))) }
        return (child, output)
    }
}
