public import Foundation

/// A GGUF file of a LoRA adapter, its numbers drawn from a seed.
public struct LowRankFile: Sendable {
    public enum Value: Sendable {
        case text(String)
        case float(Float)
        case integers([UInt32])
    }

    public struct Tensor: Sendable {
        public var name: String
        /// The innermost dimension first.
        public var shape: [Int]
        public var numbers: [Float]

        public init(name: String, shape: [Int], numbers: [Float]) {
            self.name = name
            self.shape = shape
            self.numbers = numbers
        }
    }

    public var keys: [(name: String, value: Value)]
    public var tensors: [Tensor]

    /// Both halves of each of these weights, numbers from -size to size.
    ///
    /// - Parameter weights: Name, and the model's shape.
    public init(
        seed: UInt64, rank: Int = 2, size: Float = 0.2, alpha: Float = 4, architecture: String = "llama",
        weights: [(name: String, inner: Int, outer: Int)] = Self.smolLM2
    ) {
        keys = [
            ("general.architecture", .text(architecture)), ("general.type", .text("adapter")), ("adapter.type", .text("lora")),
            ("general.name", .text("Test adapter")), ("general.base_model.0.name", .text("SmolLM2 135M Instruct")),
            ("adapter.lora.alpha", .float(alpha)),
        ]
        var state = seed
        func numbers(_ count: Int) -> [Float] {
            (0..<count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return (Float(state >> 40) / Float(1 << 23) - 1) * size
            }
        }
        tensors = weights.flatMap { weight in
            [
                Tensor(name: weight.name + ".lora_a", shape: [weight.inner, rank], numbers: numbers(weight.inner * rank)),
                Tensor(name: weight.name + ".lora_b", shape: [rank, weight.outer], numbers: numbers(rank * weight.outer)),
            ]
        }
    }

    /// Some weights of SmolLM2-135M.
    public static let smolLM2 = [0, 9, 20].flatMap { layer in
        [
            (name: "blk.\(layer).attn_q.weight", inner: 576, outer: 576),
            (name: "blk.\(layer).attn_v.weight", inner: 576, outer: 192),
            (name: "blk.\(layer).ffn_down.weight", inner: 1536, outer: 576),
        ]
    }

    public var data: Data {
        var data = Data("GGUF".utf8)
        func append(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) } }
        func append(_ text: String) {
            append(UInt64(text.utf8.count))
            data.append(contentsOf: text.utf8)
        }
        append(UInt32(3))
        append(UInt64(tensors.count))
        append(UInt64(keys.count))
        for (name, value) in keys {
            append(name)
            switch value {
            case .text(let text):
                append(UInt32(8))
                append(text)
            case .float(let number):
                append(UInt32(6))
                append(number.bitPattern)
            case .integers(let numbers):
                append(UInt32(9))
                append(UInt32(4))
                append(UInt64(numbers.count))
                for number in numbers { append(number) }
            }
        }
        var offset = 0
        for tensor in tensors {
            append(tensor.name)
            append(UInt32(tensor.shape.count))
            for length in tensor.shape { append(UInt64(length)) }
            append(UInt32(0))
            append(UInt64(offset))
            offset += Self.padded(tensor.numbers.count * 4)
        }
        data.append(Data(count: Self.padded(data.count) - data.count))
        for tensor in tensors {
            for number in tensor.numbers { append(number.bitPattern) }
            data.append(Data(count: Self.padded(data.count) - data.count))
        }
        return data
    }

    private static func padded(_ count: Int) -> Int { (count + 31) / 32 * 32 }

    public func write(to url: URL) throws { try data.write(to: url) }
}
