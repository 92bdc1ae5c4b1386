import Foundation
import Kernel
import Studies
import Testing

@testable import LiveView

/// The page as a person uses it, in a real browser.
@Suite(.enabled(if: Browser.available), .timeLimit(.minutes(5)), .serialized) struct BrowserTests {
    /// Keeps a picture for whoever named a folder in `POPULACE_PICTURES`.
    private static func keep(_ picture: Data, _ name: String) throws {
        #expect(picture.prefix(8) == Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        #expect(picture.count > 15_000)
        guard let folder = ProcessInfo.processInfo.environment["POPULACE_PICTURES"] else { return }
        try picture.write(to: URL(filePath: folder).appending(path: name + ".png"))
    }

    /// The page is in order: hostile texts are texts, nothing left this machine, nothing went wrong.
    private static func inspect(_ browser: Browser, _ address: String) async throws {
        #expect(browser.complaints == [])
        #expect(!browser.requests.isEmpty)
        #expect(browser.requests.allSatisfy { $0.hasPrefix(address) || $0 == "data:," }, "\(browser.requests)")
        #expect(try await browser.value("document.querySelectorAll('script, img, [onclick]').length") == "1")
        #expect(try await browser.value("document.title").hasPrefix("Two Rooms </script><script>document.title"))
        // Landmarks, and a name for everything that can be worked.
        let landmarks = "['header', 'main', 'aside', 'footer', 'section']"
        #expect(try await browser.value("\(landmarks).every(n => document.querySelector(n))") == "true")
        let named = "e => e.textContent.trim() || e.ariaLabel || (e.labels && e.labels.length > 0)"
        let worked = "[...document.querySelectorAll('button, input, select')]"
        #expect(try await browser.value("\(worked).every(\(named))") == "true")
        #expect(try await browser.value("document.documentElement.scrollWidth <= innerWidth") == "true")
    }

    @Test func `a run is watched, held up, stepped, and its people asked`() async throws {
        let house = try WatchedHouse()
        let (environment, file) = (house.environment(), house.file)
        let live = WatchedRun()
        await live.pause(true)
        try await serving(live) { address in
            async let outcome = RunStudy(environment: environment).run(.file(file), watched: live)
            while await live.opening == nil { try await Task.sleep(for: .milliseconds(5)) }
            let browser = try Browser()
            try await browser.show(address, width: 1280, height: 900)
            try await browser.wait("document.querySelectorAll('#people button').length === 2")
            try await browser.wait("document.querySelector('#status').textContent.includes('paused')")
            let date = try await browser.value("document.querySelector('#date').textContent")
            #expect(date == "Monday 2 March 2026, 06:00")

            try await browser.press("ArrowRight")
            try await browser.wait("document.querySelectorAll('#log li').length > 0")
            #expect(await live.moments.count == 1)
            try await browser.click("#step")
            try await browser.wait("document.querySelector('#moment').max === '2'")
            #expect(await live.moments.count == 2)

            try await browser.click("#people button")
            try await browser.wait("document.querySelectorAll('#memories li').length > 0")
            #expect(try await browser.value("document.querySelector('#name').textContent") == "Ann Lee")
            #expect(try await browser.value("document.querySelectorAll('#plan li').length > 0") == "true")
            #expect(try await browser.value("document.querySelector('#people button').ariaPressed") == "true")
            let remembered = try await live.memories(of: "ann-lee", until: .init(day: 9))?.count
            try await browser.click("#question")
            try await browser.type("Who <b>are</b> you?")
            try await browser.press("Enter", text: "\r")
            try await browser.wait("document.querySelector('#answers p').textContent.includes('Ann Lee: ')")
            #expect(try await live.memories(of: "ann-lee", until: .init(day: 9))?.count == remembered)
            try Self.keep(try await browser.picture(), "live-1280")

            try await browser.click("h1")
            try await browser.press(" ", text: " ")
            try await browser.wait("document.querySelector('#status').textContent.includes('The world ends at')")
            #expect(await !live.pace.paused)
            #expect(try await browser.value("document.querySelector('#play').disabled") == "true")
            let count = await live.moments.count
            try await browser.wait("Number(document.querySelector('#moment').max) === \(count)")
            #expect(
                try await browser.value("document.querySelector('#log').textContent")
                    .contains("<img src=x onerror=document.title='taken'> \\u{2067} falls"))
            try await Self.inspect(browser, address)
            _ = try await outcome
        }
    }

    @Test func `a recorded run is gone through moment by moment, wide and narrow, light and dark`() async throws {
        let house = try WatchedHouse()
        try await house.record()
        let recorded = try await WatchedRun.recorded("latest", environment: house.environment())
        let count = await recorded.moments.count
        try await serving(recorded) { address in
            let browser = try Browser()
            for (width, height, dark) in [(1280, 900, false), (390, 844, true)] {
                try await browser.show(address, width: width, height: height, dark: dark)
                try await browser.wait("Number(document.querySelector('#moment').max) === \(count)")
                #expect(try await browser.value("document.querySelector('#moment').value") == "0")
                try await browser.press("ArrowRight")
                #expect(try await browser.value("document.querySelector('#moment').value") == "1")
                func scrub(_ number: Int) async throws {
                    let slide = "(r => { r.value = \(number); r.dispatchEvent(new Event('input')) })"
                    _ = try await browser.value("\(slide)(document.querySelector('#moment'))")
                }
                try await scrub(count)
                let end = try await browser.value("document.querySelector('#date').textContent")
                let lines = try await browser.value("document.querySelectorAll('#log li').length")
                try await scrub(2)
                #expect(try await browser.value("document.querySelector('#date').textContent") != end)
                try await scrub(count)
                #expect(try await browser.value("document.querySelectorAll('#log li').length") == lines)
                try await browser.click("#people button:last-child")
                try await browser.wait("document.querySelectorAll('#memories li').length > 0")
                #expect(try await browser.value("document.querySelector('#ask').hidden") == "true")
                try Self.keep(try await browser.picture(), "recorded-\(width)")
                try await scrub(0)
                try await browser.press(" ", text: " ")
                try await browser.wait("document.querySelector('#moment').value > 1")
                try await browser.press(" ", text: " ")
                try await Self.inspect(browser, address)
            }
        }
    }

    /// axe-core comes from PyPI the first time.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["POPULACE_TEST_ALL"] == "1"))
    func `axe-core finds nothing against the page, wide and narrow, light and dark`() async throws {
        let house = try WatchedHouse()
        try await house.record()
        let recorded = try await WatchedRun.recorded("latest", environment: house.environment())
        let count = await recorded.moments.count
        let axe = try Browser.axe()
        try await serving(recorded) { address in
            let browser = try Browser()
            for (width, height, dark) in [(1280, 900, false), (1280, 900, true), (390, 844, false), (390, 844, true)] {
                try await browser.show(address, width: width, height: height, dark: dark)
                try await browser.wait("Number(document.querySelector('#moment').max) === \(count)")
                _ = try await browser.call("Runtime.evaluate", ["expression": axe])
                for chosen in [false, true] {
                    if chosen {
                        let slide = "(r => { r.value = \(count); r.dispatchEvent(new Event('input')) })"
                        _ = try await browser.value("\(slide)(document.querySelector('#moment'))")
                        try await browser.click("#people button:last-child")
                        try await browser.wait("document.querySelectorAll('#memories li').length > 0")
                    }
                    _ = try await browser.value("axe.run().then(found => { window.found = found }) && (window.found = null)")
                    try await browser.wait("window.found", seconds: 60)
                    #expect(try await browser.value("found.passes.length > 20") == "true")
                    let short = "one => [one.id, one.help, ...one.nodes.map(n => n.target + ' ' + n.failureSummary)]"
                    let broken = try await browser.value("JSON.stringify(found.violations.map(\(short)))")
                    #expect(broken == "[]", "\(width) \(dark ? "dark" : "light"), \(chosen ? "somebody" : "nobody") chosen")
                }
            }
        }
    }

    @Test func `a page whose connection broke goes on where it was, and the run without it`() async throws {
        let house = try WatchedHouse()
        let (environment, file) = (house.environment(), house.file)
        let live = WatchedRun()
        await live.pause(true)
        let outcome = Task { try await RunStudy(environment: environment).run(.file(file), watched: live) }
        while await live.opening == nil { try await Task.sleep(for: .milliseconds(5)) }
        let token = AccessToken()
        let gone = try await serving(live, token: token) { address in
            let page = Page(browser: try Browser(), address: address)
            try await page.browser.show(address, width: 800, height: 600)
            await live.step()
            try await page.browser.wait("document.querySelector('#moment').max === '1'")
            return page
        }
        try await gone.browser.wait("document.querySelector('#status').textContent.includes('connection is lost')")
        for count in 2...3 {
            await live.step()
            while await live.moments.count < count { try await Task.sleep(for: .milliseconds(5)) }
        }
        try await serving(live, token: token, port: RawRequest(gone.address).port) { address in
            #expect(address == gone.address)
            try await gone.browser.wait("document.querySelector('#moment').max === '3'")
            #expect(try await gone.browser.value("document.querySelector('#status').textContent").contains("paused"))
        }
        gone.close()
        await live.pause(false)
        _ = try await outcome.value
        #expect(await live.pace.ended != nil)
    }

    /// A page and its browser, used by one task after another.
    private final class Page: @unchecked Sendable {
        // Only the test's task uses it, before and after the task that made it; never both at once.
        private(set) var browser: Browser! = nil
        let address: String

        init(browser: Browser, address: String) { (self.browser, self.address) = (browser, address) }

        func close() { browser = nil }
    }
}
