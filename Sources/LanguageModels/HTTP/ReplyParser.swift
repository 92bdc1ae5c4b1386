/// Makes an HTTP/1.1 answer (RFC 9112) of the bytes of a connection as they come.
///
///     var parser = ReplyParser(maximumBody: 1 << 20)
///     if let reply = try parser.take(bytes) { ... }      // nil: not whole yet
///     let reply = try parser.end()                       // the server has closed the connection
///
/// Strict: an answer with two lengths, a length and chunks, a folded header or a bare line feed is refused, so that no
/// answer is taken for part of another.
struct ReplyParser {
    private enum Stage {
        case head
        /// Bytes of the body still to come.
        case counted(Int)
        case untilEnd
        case chunkSize
        /// Bytes of the chunk and its line end still to come.
        case chunk(Int)
        case trailers
        case done
    }

    static let longestHead = 1 << 16

    private let maximumBody: Int
    private var stage = Stage.head
    private var buffer: [UInt8] = []
    private var place = 0
    private var reply = HTTPReply(status: 0, body: [])
    private var isOpen = true
    private var headBytes = 0

    init(maximumBody: Int) { self.maximumBody = maximumBody }

    /// Whether nothing has come yet: a connection that was closed while idle shows so.
    var isUntouched: Bool {
        if case .head = stage { return buffer.isEmpty && headBytes == 0 }
        return false
    }

    /// Whether the connection can carry another request after the answer.
    var keepsOpen: Bool { isOpen && place == buffer.count }

    /// - Returns: The answer once it is whole.
    /// - Throws: ``BrokenReply``, ``ReplyTooLarge``.
    mutating func take(_ bytes: some Collection<UInt8>) throws -> HTTPReply? {
        buffer.append(contentsOf: bytes)
        while true {
            switch stage {
            case .head:
                guard let head = try section() else { return nil }
                try read(head: head)
            case .counted(let left):
                let piece = min(left, buffer.count - place)
                try keep(piece)
                stage = piece == left ? .done : .counted(left - piece)
                if piece < left { return nil }
            case .untilEnd:
                try keep(buffer.count - place)
                return nil
            case .chunkSize:
                guard let line = try line() else { return nil }
                let digits = line.prefix { $0 != 0x3b }.filter { $0 != 0x20 && $0 != 0x09 }
                guard (1...8).contains(digits.count), let size = Int(String(decoding: digits, as: UTF8.self), radix: 16),
                    size >= 0, digits.first != 0x2b
                else { throw BrokenReply(reason: "a chunk has no size") }
                stage = size == 0 ? .trailers : .chunk(size + 2)
            case .chunk(let left):
                let piece = min(max(0, left - 2), buffer.count - place)
                try keep(piece)
                stage = .chunk(left - piece)
                if left - piece > 2 { return nil }
                guard buffer.count - place >= 2 else { return nil }
                guard buffer[place] == 0x0d, buffer[place + 1] == 0x0a else {
                    throw BrokenReply(reason: "a chunk is longer than its size")
                }
                place += 2
                stage = .chunkSize
            case .trailers:
                guard let line = try line() else { return nil }
                if line.isEmpty { stage = .done }
            case .done: return reply
            }
        }
    }

    /// The connection has ended.
    ///
    /// - Throws: ``BrokenReply`` where more should have come.
    mutating func end() throws -> HTTPReply {
        isOpen = false
        if case .untilEnd = stage {
            stage = .done
            return reply
        }
        throw BrokenReply(
            reason: isUntouched
                ? "the connection was closed before an answer" : "the connection was closed in the middle of the answer")
    }

    private mutating func keep(_ count: Int) throws {
        guard reply.body.count + count <= maximumBody else { throw ReplyTooLarge() }
        if place == 0, count == buffer.count, reply.body.isEmpty { reply.body = buffer } else {
            reply.body.append(contentsOf: buffer[place..<place + count])
        }
        place += count
        if place == buffer.count {
            buffer.removeAll(keepingCapacity: true)
            place = 0
        }
    }

    /// The lines up to an empty one, without it.
    private mutating func section() throws -> [ArraySlice<UInt8>]? {
        var lines: [ArraySlice<UInt8>] = []
        let start = place
        while let line = try line() {
            if line.isEmpty, !lines.isEmpty { return lines }
            // RFC 9112, 2.2 lets an empty line come before the first.
            if !line.isEmpty { lines.append(line) }
        }
        headBytes -= place - start
        place = start
        return nil
    }

    private mutating func line() throws -> ArraySlice<UInt8>? {
        guard let end = buffer[place...].firstIndex(of: 0x0a) else {
            if headBytes + buffer.count - place > Self.longestHead { throw BrokenReply(reason: "its head is too long") }
            return nil
        }
        guard end > place, buffer[end - 1] == 0x0d else { throw BrokenReply(reason: "a line of its head has no end") }
        let line = buffer[place..<end - 1]
        headBytes += end + 1 - place
        if headBytes > Self.longestHead { throw BrokenReply(reason: "its head is too long") }
        place = end + 1
        return line
    }

    private mutating func read(head: [ArraySlice<UInt8>]) throws {
        let status = try Self.status(head[0])
        isOpen = status.minor == 1
        reply = HTTPReply(status: status.code, body: [])
        var length: Int?
        var isChunked = false
        for line in head.dropFirst() {
            guard let colon = line.firstIndex(of: 0x3a), colon > line.startIndex,
                line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7f })
            else { throw BrokenReply(reason: "a header has no name") }
            let value = String(decoding: line[(colon + 1)...], as: UTF8.self).trimmed
            switch String(decoding: line[..<colon], as: UTF8.self).lowercased() {
            case "content-length":
                guard !value.isEmpty, value.utf8.count <= 18, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                    let count = Int(value), length ?? count == count
                else { throw BrokenReply(reason: "its length is no number") }
                length = count
            case "transfer-encoding":
                guard value.lowercased() == "chunked", !isChunked else {
                    throw BrokenReply(reason: "its transfer coding is unknown")
                }
                isChunked = true
            case "content-encoding" where value.lowercased() != "identity":
                throw BrokenReply(reason: "its body is compressed, which was not asked for")
            case "connection":
                let options = value.lowercased().split(separator: ",").map { String($0).trimmed }
                if options.contains("close") { isOpen = false }
                if options.contains("keep-alive"), status.minor == 0 { isOpen = true }
            case "retry-after": reply.retryAfter = value
            case "location": reply.location = value
            default: break
            }
        }
        if (100..<200).contains(status.code) {
            guard status.code != 101 else { throw BrokenReply(reason: "it changes the protocol") }
            stage = .head
        } else if status.code == 204 || status.code == 304 {
            stage = .done
        } else if isChunked {
            guard length == nil, status.minor == 1 else { throw BrokenReply(reason: "it has both a length and chunks") }
            stage = .chunkSize
        } else if let length {
            guard length <= maximumBody else { throw ReplyTooLarge() }
            stage = .counted(length)
        } else {
            isOpen = false
            stage = .untilEnd
        }
    }

    /// `HTTP/1.1 200 OK`.
    private static func status(_ line: ArraySlice<UInt8>) throws -> (code: Int, minor: Int) {
        let bytes = Array(line.prefix(13))
        guard bytes.count >= 12, bytes.starts(with: "HTTP/1.".utf8), bytes[7] == 0x30 || bytes[7] == 0x31, bytes[8] == 0x20,
            bytes[9...11].allSatisfy({ (0x30...0x39).contains($0) }), bytes.count == 12 || bytes[12] == 0x20,
            let code = Int(String(decoding: bytes[9...11], as: UTF8.self)), (100...599).contains(code)
        else { throw BrokenReply(reason: "it is not HTTP") }
        return (code, Int(bytes[7] - 0x30))
    }
}
