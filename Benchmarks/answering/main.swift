// A constant OpenAI-compatible server on loopback, in a process of its own, for benchmarks of clients.
//
//     answering [--port N] [--delay MILLISECONDS]
//
// Prints `http://127.0.0.1:PORT` once it listens, and serves until its standard input ends or it is killed:
//     POST .../chat/completions   one constant answer with the log-probabilities of A to E, after the delay
//     POST .../embeddings         one constant vector of 384 numbers, after the delay
//     GET  .../models             the model 'constant'
//     GET  /stats                 {"calls": ..., "most": at once, "connections": ..., "bytes": ... of bodies}
//     GET  /reset                 sets them to 0
// One thread in `poll` answers everybody: it costs the client's machine little.
import Foundation
import Synchronization

#if os(Linux)
let streamSocket = Int32(SOCK_STREAM.rawValue)
let noSignal = Int32(MSG_NOSIGNAL)
#else
let streamSocket = SOCK_STREAM
let noSignal: Int32 = 0
#endif

func reply(_ json: String) -> [UInt8] {
    Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n\r\n\(json)".utf8)
}

let listed = zip(["A", "B", "C", "D", "E"], [-0.1, -2.5, -4, -6, -7]).map { letter, logprob in
    #"{"token":"\#(letter)","logprob":\#(logprob),"bytes":[\#(letter.utf8.first!)]}"#
}.joined(separator: ",")
let chat = reply(
    #"{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"constant","choices":[{"index":0,"message":{"role":"assistant","content":"A","refusal":null},"logprobs":{"content":[{"token":"A","logprob":-0.1,"bytes":[65],"top_logprobs":[\#(listed)]}],"refusal":null},"finish_reason":"stop"}],"usage":{"prompt_tokens":200,"completion_tokens":1,"total_tokens":201}}"#)
let vector = Array(repeating: "0.01", count: 384).joined(separator: ",")
let embedding = reply(
    #"{"object":"list","data":[{"object":"embedding","index":0,"embedding":[\#(vector)]}],"model":"constant","usage":{"prompt_tokens":1,"total_tokens":1}}"#)
let models = reply(#"{"object":"list","data":[{"id":"constant","object":"model","created":1,"owned_by":"populace"}]}"#)
let missing = Array("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".utf8)

/// One client's socket.
final class Connection {
    let descriptor: Int32
    var received: [UInt8] = []
    /// Answers on their way, in order, with the moment each is due.
    var due: [(at: UInt64, bytes: [UInt8], counts: Bool)] = []
    var unsent: ArraySlice<UInt8> = []

    init(_ descriptor: Int32) { self.descriptor = descriptor }
}

struct Statistics {
    var calls = 0, now = 0, most = 0, connections = 0, bytes = 0
    var json: String { #"{"calls":\#(calls),"most":\#(most),"connections":\#(connections),"bytes":\#(bytes)}"# }
}

func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// Writes a byte at moments that never come earlier than those before: `poll` itself only knows milliseconds.
final class Alarm: Sendable {
    let bell: Int32
    private let rope: Int32
    private let moments = Mutex<[UInt64]>([])
    private let more = DispatchSemaphore(value: 0)

    init() {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0, "no file descriptor is left")
        (bell, rope) = (ends[0], ends[1])
        Thread.detachNewThread { [self] in
            while true {
                more.wait()
                let moment = moments.withLock { $0.removeFirst() }
                let now = nanoseconds()
                if moment > now {
                    var rest = timespec(tv_sec: Int((moment - now) / 1_000_000_000), tv_nsec: Int((moment - now) % 1_000_000_000))
                    nanosleep(&rest, nil)
                }
                _ = write(rope, [1], 1)
            }
        }
    }

    func ring(at moment: UInt64) {
        moments.withLock { $0.append(moment) }
        more.signal()
    }
}

final class Server {
    let listener: Int32
    let delay: UInt64
    var connections: [Connection] = []
    var statistics = Statistics()

    init(port: UInt16, delay: UInt64) {
        self.delay = delay
        listener = socket(AF_INET, streamSocket, 0)
        var on: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, 4)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        name.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 4096) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard bound else {
            FileHandle.standardError.write(Data("answering: port \(port) is not to be had\n".utf8))
            exit(1)
        }
        _ = fcntl(listener, F_SETFL, O_NONBLOCK)
        FileHandle.standardOutput.write(Data("http://127.0.0.1:\(UInt16(bigEndian: name.sin_port))\n".utf8))
    }

    func run() {
        let alarm = Alarm()
        var armed: UInt64 = 0
        var polled: [pollfd] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            polled.removeAll(keepingCapacity: true)
            polled.append(pollfd(fd: listener, events: Int16(POLLIN), revents: 0))
            polled.append(pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0))
            polled.append(pollfd(fd: alarm.bell, events: Int16(POLLIN), revents: 0))
            var next = UInt64.max
            for connection in connections {
                let events = connection.unsent.isEmpty ? POLLIN : POLLIN | POLLOUT
                polled.append(pollfd(fd: connection.descriptor, events: Int16(events), revents: 0))
                if let first = connection.due.first { next = min(next, first.at) }
            }
            let now = nanoseconds()
            if next != .max, next > now, next != armed {
                armed = next
                alarm.ring(at: next)
            }
            _ = poll(&polled, nfds_t(polled.count), next == .max || next > now ? -1 : 0)
            if polled[2].revents != 0 { _ = read(alarm.bell, &buffer, buffer.count) }
            if polled[1].revents != 0, read(STDIN_FILENO, &buffer, buffer.count) <= 0 { return }
            if polled[0].revents != 0 { admit() }
            var gone = false
            for index in polled.indices.dropFirst(3) where polled[index].revents != 0 {
                if !receive(connections[index - 3], &buffer) { gone = true }
            }
            let moment = nanoseconds()
            for connection in connections { answer(connection, moment) }
            if gone { connections.removeAll { $0.received.isEmpty && fcntl($0.descriptor, F_GETFD) < 0 } }
        }
    }

    private func admit() {
        while true {
            let descriptor = accept(listener, nil, nil)
            if descriptor < 0 { return }
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
            var on: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
            connections.append(Connection(descriptor))
            statistics.connections += 1
        }
    }

    /// - Returns: `false` when the client has gone.
    private func receive(_ connection: Connection, _ buffer: inout [UInt8]) -> Bool {
        let count = recv(connection.descriptor, &buffer, buffer.count, 0)
        if count < 0, errno == EAGAIN { return true }
        guard count > 0 else {
            statistics.now -= connection.due.count { $0.counts }
            connection.due = []
            connection.received = []
            close(connection.descriptor)
            return false
        }
        connection.received.append(contentsOf: buffer[..<count])
        while let (line, bodyBytes, end) = Self.request(connection.received) {
            connection.received.removeFirst(end)
            let now = nanoseconds()
            if line.contains("/chat/completions") || line.contains("/embeddings") {
                statistics.calls += 1
                statistics.bytes += bodyBytes
                statistics.now += 1
                statistics.most = max(statistics.most, statistics.now)
                connection.due.append((now + delay, line.contains("/embeddings") ? embedding : chat, true))
            } else if line.contains("/models") {
                connection.due.append((now, models, false))
            } else if line.contains("/stats") {
                connection.due.append((now, reply(statistics.json), false))
            } else if line.contains("/reset") {
                statistics = Statistics()
                connection.due.append((now, reply("{}"), false))
            } else {
                connection.due.append((now, missing, false))
            }
        }
        return true
    }

    private func answer(_ connection: Connection, _ now: UInt64) {
        while let first = connection.due.first, first.at <= now {
            connection.due.removeFirst()
            if first.counts { statistics.now -= 1 }
            connection.unsent += first.bytes
        }
        while !connection.unsent.isEmpty {
            let sent = connection.unsent.withUnsafeBytes { send(connection.descriptor, $0.baseAddress, $0.count, noSignal) }
            if sent <= 0 { return }
            connection.unsent = connection.unsent.dropFirst(sent)
        }
    }

    /// The first line of the first whole request, its body's length and where it ends.
    private static func request(_ bytes: [UInt8]) -> (line: String, body: Int, end: Int)? {
        guard bytes.count >= 4 else { return nil }
        var place = 3
        while true {
            guard let end = bytes[place...].firstIndex(of: 0x0a) else { return nil }
            if bytes[end - 1] == 0x0d, bytes[end - 2] == 0x0a {
                let head = String(decoding: bytes[..<end], as: UTF8.self)
                let length = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
                guard bytes.count >= end + 1 + length else { return nil }
                return (String(head.prefix { $0 != "\r\n" }), length, end + 1 + length)
            }
            place = end + 1
        }
    }
}

func option(_ name: String) -> String? {
    let arguments = CommandLine.arguments
    return arguments.firstIndex(of: name).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
}

let milliseconds = option("--delay").flatMap(Double.init) ?? 0
Server(port: option("--port").flatMap { UInt16($0) } ?? 0, delay: UInt64(milliseconds * 1_000_000)).run()
