import Dispatch
import Foundation
import Synchronization

/// Sorts the blocks of an index, two at a time on threads of their own, each with buffers that it keeps.
struct BlockSorter: Sendable {
    let file: OpenFile
    let description: IndexDescription
    let progress: @Sendable (IndexBuilder.Step) -> Void

    private struct State {
        var next = 0
        var done = 0
        var digests: [Int: String] = [:]
        var failure: (any Error)?
    }

    /// Writes every block's places and sets its digest.
    func sort(into blocks: inout [IndexDescription.Block]) throws {
        let state = Mutex(State())
        let workers = min(IndexBuilder.atOnce, blocks.count)
        let group = DispatchGroup()
        for _ in 0..<workers {
            group.enter()
            let thread = Thread {
                work(state)
                group.leave()
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
        group.wait()
        let (digests, failure) = state.withLock { ($0.digests, $0.failure) }
        if let failure { throw failure }
        for (index, digest) in digests { blocks[index].digest = digest }
    }

    private func work(_ state: borrowing Mutex<State>) {
        let length = description.blocks.map(extent).max() ?? 0
        let text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: length)
        let places = UnsafeMutablePointer<Int32>.allocate(capacity: length)
        defer {
            text.deallocate()
            places.deallocate()
        }
        while true {
            let index = state.withLock { state -> Int? in
                guard state.failure == nil, state.next < description.blocks.count else { return nil }
                defer { state.next += 1 }
                return state.next
            }
            guard let index else { return }
            do {
                let digest = try sorted(description.blocks[index], text, places)
                let done = state.withLock { state in
                    state.digests[index] = digest
                    state.done += description.blocks[index].length
                    return state.done
                }
                progress(.sorted(done, of: description.text.length))
            } catch {
                state.withLock { $0.failure = $0.failure ?? error }
            }
        }
    }

    /// The text that is sorted: the block's own, and what a phrase, with the character behind it, may reach of the next.
    private func extent(of block: IndexDescription.Block) -> Int {
        min(block.length + description.longestPhrase + 4, description.text.length - block.start)
    }

    private func sorted(
        _ block: IndexDescription.Block, _ buffer: UnsafeMutableBufferPointer<UInt8>, _ places: UnsafeMutablePointer<Int32>
    ) throws -> String {
        let (length, own) = (extent(of: block), block.length)
        let bytes = UnsafeMutableBufferPointer(rebasing: buffer[..<length])
        try file.read(into: UnsafeMutableRawBufferPointer(bytes), at: description.text.offset + block.start)
        let text = UnsafeBufferPointer(bytes)
        let begins = try begins(in: text, block)
        guard suffixSort(text, into: places) else { throw TraceError.cannotWrite(path: file.path, "out of memory") }
        // The places of words in the block itself are moved to the front, in their order.
        var kept = 0
        for index in 0..<length {
            let place = Int(places[index])
            guard place < own, begins[place >> 6] & (1 << UInt64(place & 63)) != 0 else { continue }
            places[kept] = Int32(place).littleEndian
            kept += 1
        }
        precondition(kept == block.words, "words are counted as they are found")
        let made = UnsafeRawBufferPointer(start: places, count: kept * 4)
        try file.write(made, at: block.offset)
        var digest = Digest()
        digest.update(made)
        return digest.hexadecimal
    }

    /// A bit for every byte of a block: whether a word begins there.
    ///
    /// - Parameter text: The block's own, and some of the next: a character may lie across the cut.
    private func begins(in text: UnsafeBufferPointer<UInt8>, _ block: IndexDescription.Block) throws -> [UInt64] {
        // The character before the block, or across its beginning, decides whether a word begins with the next.
        let before = min(block.start, 7)
        var whole = 0
        while whole < min(text.count, 4), text[whole] & 0xC0 == 0x80 { whole += 1 }
        var context = [UInt8](repeating: 0, count: before + whole)
        try context.withUnsafeMutableBytes { try file.read(into: $0, at: description.text.offset + block.start - before) }
        let first = context.prefix(before).firstIndex { $0 & 0xC0 != 0x80 } ?? 0
        var starts = WordStarts()
        context.withUnsafeBufferPointer { starts.find(in: UnsafeBufferPointer(rebasing: $0[first...])) { _ in } }
        var bits = [UInt64](repeating: 0, count: (block.length + 63) / 64)
        let own = UnsafeBufferPointer(rebasing: text[whole..<min(text.count, block.length + 3)])
        bits.withUnsafeMutableBufferPointer { bits in
            starts.find(in: own) { found in
                let place = found + whole
                if place < block.length { bits[place >> 6] |= 1 << UInt64(place & 63) }
            }
        }
        return bits
    }
}
