import Files
import Foundation
import Kernel
import Testing

@Test func `no mutilated file brings the reader down`() throws {
    let study = try Study()
    try FileManager.default.removeItem(atPath: study.path("Personas"))
    try FileManager.default.copyItem(atPath: repository + "/Personas", toPath: study.path("Personas"))
    let original = Array(try Data(contentsOf: URL(fileURLWithPath: repository + "/Worlds/alder-creek.yaml")))
    let pieces = ["[", "]", "{", "}", ": ", "- ", "\n", "\t", "*a", "&a ", "'", "\"", "|", ">", "? ", "!!x ", "%", "\u{202E}", "<<: ", "---\n", "999999999999999999999"]
    var stream = RandomStream(seed: 5, "mutations")
    var refused = 0
    for _ in 0..<250 {
        var bytes = original
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
    #expect(refused > 100)
}
