import Files
import Foundation
import Kernel
import Testing

/// A world with areas, walking times, news, ablations and models of residents' own.
private let minds = """
    world: Minds
    clock: { starts: 2026-03-02 06:00 }
    places:
      inn:
        near: { square: 5 min, "inn: hall: stage": 90 s }
        areas: { kitchen: { objects: { stove: off } }, hall: { areas: { stage: { near: ["inn: kitchen"] } } } }
      square: {}
    residents:
      - { persona: Personas/rosa-delgado.yaml, lives: "inn: kitchen", model: m }
      - { persona: Personas/walt-brandt.yaml, lives: square, models: { scribe: { same as: speaker }, embedder: e } }
    news:
      feast: { about: A feast., starts with: [walt-brandt], words: [[feast], [inn]], event: { in: inn, from: day 1 17:00, until: day 1 19:00 } }
    without: [planning]
    memory: { reflect on: 30 memories, questions: 2, insights: 4, interview recall: 9 }
    planning: { detail: hours, patience: 1 h }
    conversation: { begins: 3 per day, polite: 2, reply: 30 s, recap: false }
    perception: { matters: 8 }

    """

@Test func `no mutilated file brings the reader down`() throws {
    let study = try Study()
    try FileManager.default.removeItem(atPath: study.path("Personas"))
    try FileManager.default.copyItem(atPath: repository + "/Personas", toPath: study.path("Personas"))
    let shipped = Array(try Data(contentsOf: URL(fileURLWithPath: repository + "/Worlds/alder-creek.yaml")))
    let pieces = ["[", "]", "{", "}", ": ", "- ", "\n", "\t", "*a", "&a ", "'", "\"", "|", ">", "? ", "!!x ", "%", "\u{202E}", "<<: ", "---\n", "999999999999999999999"]
    var stream = RandomStream(seed: 5, "mutations")
    var refused = 0
    for round in 0..<400 {
        var bytes = round < 250 ? shipped : Array(minds.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &stream) {
            let at = Int.random(in: 0..<bytes.count, using: &stream)
            switch Int.random(in: 0..<4, using: &stream) {
            case 0: bytes.insert(contentsOf: Array(pieces[Int.random(in: 0..<pieces.count, using: &stream)].utf8), at: at)
            case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...30, using: &stream)))
            case 2: bytes[at] = UInt8.random(in: 0...255, using: &stream)
            default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 60)], at: Int.random(in: 0..<bytes.count, using: &stream))
            }
        }
        try study.write("Worlds/x.yaml", Data(bytes))
        refused += try study.headlines { _ = try StudyFiles().loadWorld(study.path("Worlds/x.yaml")) }.isEmpty ? 0 : 1
    }
    #expect(refused > 160)
}
