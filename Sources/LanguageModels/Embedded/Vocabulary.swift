internal import CLlama

typealias Token = Int32

/// Text to tokens and back. Lives no longer than its model.
struct Vocabulary {
    let pointer: OpaquePointer

    var count: Int { Int(llama_vocab_n_tokens(pointer)) }

    /// The token that begins every text; `nil` for models that have none.
    var beginning: Token? {
        guard llama_vocab_get_add_bos(pointer) else { return nil }
        let token = llama_vocab_bos(pointer)
        return token >= 0 ? token : nil
    }

    /// - Parameter parsingControl: Whether `<|im_end|>` and its like become control tokens: for template literals
    ///   only, never for anybody's words.
    func tokens(_ text: String, parsingControl: Bool, addingEnds: Bool = false) -> [Token] {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                guard !characters.isEmpty || addingEnds else { return [] }
                let start = characters.baseAddress
                var room = characters.count + 8
                while true {
                    var written: Int32 = 0
                    let tokens = [Token](unsafeUninitializedCapacity: room) { buffer, count in
                        written = llama_tokenize(
                            pointer, start, Int32(characters.count), buffer.baseAddress, Int32(room), addingEnds,
                            parsingControl)
                        count = max(0, Int(written))
                    }
                    if written >= 0 { return tokens }
                    room = -Int(written)
                }
            }
        }
    }

    /// Bytes, since a token may be half a character. Control tokens have none.
    func bytes(of token: Token) -> [UInt8] {
        var room = 32
        while true {
            var written: Int32 = 0
            let bytes = [CChar](unsafeUninitializedCapacity: room) { buffer, count in
                written = llama_token_to_piece(pointer, token, buffer.baseAddress, Int32(room), 0, false)
                count = max(0, Int(written))
            }
            if written >= 0 { return bytes.map { UInt8(bitPattern: $0) } }
            room = -Int(written)
        }
    }

    func endsGeneration(_ token: Token) -> Bool { llama_vocab_is_eog(pointer, token) }

    /// Control tokens that do not end a text: a model is never allowed to say them.
    func unspeakable() -> [Int] {
        (0..<count).filter { llama_vocab_is_control(pointer, Token($0)) && !llama_vocab_is_eog(pointer, Token($0)) }
    }
}
