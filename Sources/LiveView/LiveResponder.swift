import HTTPTypes
import Hummingbird
import NIOCore
import Reports
import Studies
import Synchronization

/// Answers one request: nothing at all to whoever is not let in.
final class LiveResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    private let watched: WatchedRun
    private let token: AccessToken
    private let page = LivePage()
    private let port = Mutex<Int?>(nil)

    init(watched: WatchedRun, token: AccessToken) {
        self.watched = watched
        self.token = token
    }

    /// Lets those in who call this port.
    func listen(at port: Int) { self.port.withLock { $0 = port } }

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        guard let port = port.withLock({ $0 }),
            LoopbackHost(port: port).admits(host: request.head.authority, origin: request.headers[.origin]),
            let route = LiveRoute(
                method: request.method.rawValue, path: request.uri.path, query: request.uri.query, token: token)
        else { return Self.response(.notFound) }
        guard let opening = await watched.opening else {
            return route == .page ? whole : Self.response(.serviceUnavailable)
        }
        let outline = WorldOutline(opening)
        switch route {
        case .page: return whole
        case .world: return Self.response(.ok, outline.json)
        case .events: return events(outline, after: HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] })
        case .person(let number, let time):
            guard let id = outline.resident(number) else { return Self.response(.notFound) }
            let memories = try await watched.memories(of: id, until: time) ?? []
            return Self.response(.ok, outline.json(memories: memories, plan: await watched.plan(of: id, until: time)))
        case .control, .ask: return try await act(request, on: route, outline)
        }
    }

    private func act(_ request: Request, on route: LiveRoute, _ outline: WorldOutline) async throws -> Response {
        guard let body = try? await request.body.collect(upTo: LiveRequest.limit) else {
            return Self.response(.contentTooLarge)
        }
        switch (route, LiveRequest(json: body.readableBytesView)) {
        case (.control, .pause(let paused)): await watched.pause(paused)
        case (.control, .step): await watched.step()
        case (.control, .speed(let speed)): await watched.go(at: speed)
        case (.ask, .ask(let number, let question)):
            guard let id = outline.resident(number) else { return Self.response(.notFound) }
            do {
                let answer = try await watched.ask(id, question)
                return Self.response(.ok, WorldOutline.json(answer))
            } catch {
                let why = String(describe(error).trimmingPrefix("error: "))
                return Self.response(.ok, ["error": .string(sanitised(why))])
            }
        default: return Self.response(.badRequest)
        }
        return Self.response(.ok, ["done": true])
    }

    /// Everything so far that the browser has not had, then everything as it happens.
    private func events(_ outline: WorldOutline, after last: String?) -> Response {
        let watched = watched
        let body = ResponseBody { writer in
            var sent = ServerSentEvent.number(lastEventID: last, of: await watched.moments.count)
            var pace: WatchedRun.Pace?
            try await writer.write(ByteBuffer(string: ServerSentEvent.retry))
            for await _ in await watched.changes() {
                var text = ""
                for moment in await watched.moments(after: sent) {
                    sent += 1
                    text += ServerSentEvent(
                        name: "moment", data: outline.json(moment).written(compact: true), id: sent
                    ).framed
                    if text.utf8.count > 65_536 {
                        try await writer.write(ByteBuffer(string: text))
                        text = ""
                    }
                }
                // After the moments, so that a page that has caught up knows it.
                let now = await watched.pace
                if now != pace {
                    pace = now
                    text += ServerSentEvent(name: "pace", data: WorldOutline.json(now).written(compact: true)).framed
                }
                try await writer.write(ByteBuffer(string: text.isEmpty ? ServerSentEvent.heartbeat : text))
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: Self.headers(type: "text/event-stream"), body: body)
    }

    private var whole: Response {
        var headers = Self.headers(type: "text/html; charset=utf-8")
        headers[.contentSecurityPolicy] = page.policy
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: page.html)))
    }

    private static func response(_ status: HTTPResponse.Status, _ json: JSONValue? = nil) -> Response {
        guard let json else { return Response(status: status) }
        return Response(
            status: status, headers: headers(type: "application/json"),
            body: .init(byteBuffer: ByteBuffer(string: json.written(compact: true))))
    }

    private static func headers(type: String) -> HTTPFields {
        var headers: HTTPFields = [.contentType: type, .cacheControl: "no-store", .xContentTypeOptions: "nosniff"]
        for (name, value) in [
            ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ] {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return headers
    }
}
