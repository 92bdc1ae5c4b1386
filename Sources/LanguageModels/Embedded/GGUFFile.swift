internal import CLlama
internal import Foundation

/// The keys and tensors of a GGUF file, read without the tensors' numbers.
final class GGUFFile {
    /// Why a file cannot be read; a clause.
    struct Refusal: Error { var reason: String }

    struct Tensor {
        var name: String
        /// The innermost dimension first, without trailing ones.
        var shape: [Int]
        var type: ggml_type
        /// Its numbers in bytes from the file's beginning; what the header promises, not what the file holds.
        var bytes: Range<Int>
    }

    /// Of the whole file, in bytes.
    let size: Int
    private let file: OpaquePointer

    init(path: String) throws(Refusal) {
        // A pipe would be waited on for ever.
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Refusal(reason: "it is no file that can be read")
        }
        size = Int(status.st_size)
        guard let handle = FileHandle(forReadingAtPath: path) else { throw Refusal(reason: "it cannot be read") }
        let magic = try? handle.read(upToCount: 4)
        try? handle.close()
        guard let magic, magic == Data("GGUF".utf8) else { throw Refusal(reason: "it is not a GGUF file") }
        let opened = LlamaLibrary.silently { gguf_init_from_file(path, gguf_init_params(no_alloc: true, ctx: nil)) }
        guard let opened else { throw Refusal(reason: "it is a damaged GGUF file, or not all of one") }
        file = opened
    }

    deinit { gguf_free(file) }

    func has(_ key: String) -> Bool { gguf_find_key(file, key) >= 0 }

    /// `nil` where the key is missing or no text.
    func text(_ key: String) -> String? {
        index(key, GGUF_TYPE_STRING).map { String(cString: gguf_get_val_str(file, $0)) }
    }

    /// `nil` where the key is missing or no whole number.
    func integer(_ key: String) -> Int? { index(key, GGUF_TYPE_UINT32).map { Int(gguf_get_val_u32(file, $0)) } }

    /// `nil` where the key is missing or no number of single precision.
    func float(_ key: String) -> Double? { index(key, GGUF_TYPE_FLOAT32).map { Double(gguf_get_val_f32(file, $0)) } }

    /// In the file's order.
    var tensors: [Tensor] {
        let data = gguf_get_data_offset(file)
        return (0..<gguf_get_n_tensors(file)).map { index in
            var shape = (0..<4).map { Int(gguf_get_tensor_ne(file, index)[$0]) }
            while shape.count > 1, shape.last == 1 { shape.removeLast() }
            let start = data + gguf_get_tensor_offset(file, index)
            return Tensor(
                name: String(cString: gguf_get_tensor_name(file, index)), shape: shape,
                type: gguf_get_tensor_type(file, index), bytes: start..<start + gguf_get_tensor_size(file, index))
        }
    }

    private func index(_ key: String, _ type: gguf_type) -> Int64? {
        let index = gguf_find_key(file, key)
        return index >= 0 && gguf_get_kv_type(file, index) == type ? index : nil
    }
}
