import Foundation

/// A headless Chromium that a test drives by the DevTools protocol, over two pipes.
final class Browser {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Scripts/chromium")

    /// A browser is here, or the script can install one.
    static let available = ["chromium", "chromium-browser", "google-chrome", "apt-get"].contains { name in
        ["/usr/bin/", "/usr/local/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + name) }
    }

    /// The source of axe-core, which checks how a page serves those who see it differently or not.
    static func axe() throws -> String {
        let process = Process()
        process.executableURL = script.deletingLastPathComponent().appending(path: "accessibility")
        process.arguments = ["--axe"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let path = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: "no axe-core") }
        return try String(contentsOfFile: path.trimmingCharacters(in: .whitespacesAndNewlines), encoding: .utf8)
    }

    private let folder = FileManager.default.temporaryDirectory.appending(path: "populace-browser-\(UUID().uuidString)")
    private let process = Process()
    private let (commands, answers): (FileHandle, FileHandle)
    private var unread = Data()
    private var last = 0
    private var session: String?
    /// Addresses of every request the page made.
    private(set) var requests: [String] = []
    /// What the page complained of on its console, and exceptions nobody caught.
    private(set) var complaints: [String] = []

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let pipes = [folder.appending(path: "commands").path, folder.appending(path: "answers").path]
        for pipe in pipes { guard mkfifo(pipe, 0o600) == 0 else { throw Failure(description: "no pipe") } }
        // Open both ways, so that opening waits for nobody.
        let ends = pipes.map { openFile($0, O_RDWR | O_NONBLOCK) }
        (commands, answers) = (FileHandle(fileDescriptor: ends[0]), FileHandle(fileDescriptor: ends[1]))
        let log = folder.appending(path: "log")
        try Data().write(to: log)
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c", #"browser=$("$1") && shift && exec "$browser" "$@" 3<"$COMMANDS" 4>"$ANSWERS""#,
            "sh", Self.script.path,
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--hide-scrollbars", "--disable-background-networking", "--disable-component-update",
            "--remote-debugging-pipe",
            "--user-data-dir=\(folder.appending(path: "profile").path)", "about:blank",
        ]
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["COMMANDS": pipes[0], "ANSWERS": pipes[1]]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
        for end in [commands, answers] { try? end.close() }
        try? FileManager.default.removeItem(at: folder)
    }

    /// Opens a page of its own, of this size.
    func show(_ address: String, width: Int, height: Int, dark: Bool = false) async throws {
        session = nil
        let target = try await call("Target.createTarget", ["url": "about:blank"])["targetId"] ?? ""
        session = try await call("Target.attachToTarget", ["targetId": target, "flatten": true])["sessionId"] as? String
        for domain in ["Page", "Runtime", "Network", "Log"] { _ = try await call("\(domain).enable") }
        try await resize(width: width, height: height)
        _ = try await call(
            "Emulation.setEmulatedMedia",
            [
                "features": [
                    ["name": "prefers-color-scheme", "value": dark ? "dark" : "light"],
                    // So that what is clicked on stays where it is.
                    ["name": "prefers-reduced-motion", "value": "reduce"],
                ]
            ])
        _ = try await call("Page.navigate", ["url": address])
    }

    func resize(width: Int, height: Int) async throws {
        _ = try await call(
            "Emulation.setDeviceMetricsOverride",
            ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": false])
    }

    /// What an expression of JavaScript is in the page, as text.
    func value(_ expression: String) async throws -> String {
        let answer = try await call("Runtime.evaluate", ["expression": "String(\(expression))", "returnByValue": true])
        return (answer["result"] as? [String: Any])?["value"] as? String ?? ""
    }

    /// Waits until an expression is true.
    func wait(_ expression: String, seconds: Int = 20) async throws {
        let start = ContinuousClock.now
        while try await value("Boolean(\(expression))") != "true" {
            guard ContinuousClock.now - start < .seconds(seconds) else {
                throw Failure(description: "never true: \(expression); \(try await value("document.body.innerText"))")
            }
            try await Task.sleep(for: .milliseconds(30))
        }
    }

    func click(_ selector: String) async throws {
        let middle = "(r => (r.x + r.width / 2) + ',' + (r.y + r.height / 2))"
        let point = try await value("\(middle)(document.querySelector(\"\(selector)\").getBoundingClientRect())")
        let numbers = point.split(separator: ",").compactMap { Double($0) }
        guard numbers.count == 2 else { throw Failure(description: "nothing to click at \(selector)") }
        for type in ["mousePressed", "mouseReleased"] {
            _ = try await call(
                "Input.dispatchMouseEvent",
                ["type": type, "x": numbers[0], "y": numbers[1], "button": "left", "clickCount": 1])
        }
    }

    /// - Parameters:
    ///   - key: As `KeyboardEvent.key` names it.
    ///   - text: What it types, if anything.
    func press(_ key: String, text: String? = nil) async throws {
        var event: [String: Any] = ["type": "keyDown", "key": key, "code": key == " " ? "Space" : key]
        event["text"] = text
        event["windowsVirtualKeyCode"] = [" ": 32, "ArrowRight": 39, "Enter": 13, "Tab": 9][key]
        _ = try await call("Input.dispatchKeyEvent", event)
        event["type"] = "keyUp"
        event["text"] = nil
        _ = try await call("Input.dispatchKeyEvent", event)
    }

    func type(_ text: String) async throws { _ = try await call("Input.insertText", ["text": text]) }

    func picture() async throws -> Data {
        let answer = try await call("Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true])
        return (answer["data"] as? String).flatMap { Data(base64Encoded: $0) } ?? Data()
    }

    func call(_ method: String, _ parameters: [String: Any] = [:]) async throws -> [String: Any] {
        last += 1
        let number = last
        var message: [String: Any] = ["id": number, "method": method, "params": parameters]
        message["sessionId"] = session
        try await send(try JSONSerialization.data(withJSONObject: message) + Data([0]))
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(60) {
            while let message = try next() {
                if message["id"] as? Int == number {
                    if let error = message["error"] { throw Failure(description: "\(method): \(error)") }
                    return message["result"] as? [String: Any] ?? [:]
                }
                note(message)
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw Failure(description: "no answer to \(method)")
    }

    /// Writes as fast as the browser reads: a pipe holds less than a long script.
    private func send(_ message: Data) async throws {
        var sent = 0
        while sent < message.count {
            let count = message.withUnsafeBytes { write(commands.fileDescriptor, $0.baseAddress! + sent, message.count - sent) }
            if count > 0 {
                sent += count
            } else {
                guard errno == EAGAIN else { throw Failure(description: "the browser does not listen") }
                try await Task.sleep(for: .milliseconds(2))
            }
        }
    }

    /// The next message that has come whole.
    private func next() throws -> [String: Any]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while unread.firstIndex(of: 0) == nil {
            let count = read(answers.fileDescriptor, &buffer, buffer.count)
            if count <= 0 { return nil }
            unread.append(contentsOf: buffer[..<count])
        }
        guard let end = unread.firstIndex(of: 0) else { return nil }
        let message = unread[unread.startIndex..<end]
        unread = Data(unread[(end + 1)...])
        return try JSONSerialization.jsonObject(with: message) as? [String: Any]
    }

    private func note(_ message: [String: Any]) {
        let parameters = message["params"] as? [String: Any] ?? [:]
        switch message["method"] as? String {
        case "Network.requestWillBeSent":
            if let url = (parameters["request"] as? [String: Any])?["url"] as? String { requests.append(url) }
        case "Runtime.exceptionThrown": complaints.append("\(parameters)")
        case "Runtime.consoleAPICalled": complaints.append("\(parameters["args"] ?? "")")
        case "Log.entryAdded": complaints.append("\(parameters["entry"] ?? "")")
        default: break
        }
    }
}

private func openFile(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }
