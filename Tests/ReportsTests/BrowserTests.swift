import Foundation
import Reports
import Testing

/// One look at the page in a real browser; the rest of the page's promises are tested without one.
struct BrowserTests {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Scripts/screenshot")

    /// A browser is here, or the script can install one.
    private static let available = ["chromium", "chromium-browser", "google-chrome", "apt-get"].contains { name in
        ["/usr/bin/", "/usr/local/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + name) }
    }

    @Test(.enabled(if: available), .timeLimit(.minutes(5)))
    func `Chromium lets the page's style in and draws it light and dark, hostile text and all`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "populace-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let page = HTMLReport(SampleReport.document(hostile: "</style><script>document.body.remove()</script>")).rendered()
        let file = folder.appending(path: "page.html")
        try page.write(to: file, atomically: true, encoding: .utf8)
        let pictures = try ["--light", "--dark"].map { scheme -> Data in
            let picture = folder.appending(path: "page\(scheme).png")
            let process = Process()
            process.executableURL = Self.script
            process.arguments = [file.path, picture.path, "1280", "1600", scheme]
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            return try Data(contentsOf: picture)
        }
        for picture in pictures {
            #expect(picture.prefix(8) == Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            #expect(picture[16..<24] == Data([0, 0, 5, 0, 0, 0, 6, 64]), "1280 by 1600")
            // An empty page of this size compresses to a few kilobytes.
            #expect(picture.count > 60_000)
        }
        // Without its style sheet the page would look the same in both.
        #expect(pictures[0] != pictures[1])
    }

    /// axe-core comes from PyPI the first time.
    @Test(.enabled(if: available && ProcessInfo.processInfo.environment["POPULACE_TEST_ALL"] == "1"), .timeLimit(.minutes(5)))
    func `axe-core finds nothing against the page, light or dark`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "populace-\(UUID().uuidString).html")
        defer { try? FileManager.default.removeItem(at: file) }
        try HTMLReport(SampleReport.document()).rendered().write(to: file, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = Self.script.deletingLastPathComponent().appending(path: "accessibility")
        process.arguments = [file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(words)")
        #expect(words.contains("light: ") && words.contains("dark: "))
    }
}
