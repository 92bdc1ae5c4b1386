"""Converts all-MiniLM-L6-v2 from safetensors to GGUF (F16) without torch.

    minilm2gguf.py MODEL_FOLDER OUTPUT.gguf

MODEL_FOLDER holds config.json, vocab.txt and model.safetensors. Needs numpy and gguf from PyPI.
"""
import json
import struct
import sys

import gguf
import numpy as np

folder, output = sys.argv[1], sys.argv[2]
config = json.load(open(f"{folder}/config.json"))
weights = open(f"{folder}/model.safetensors", "rb")
header_size = struct.unpack("<Q", weights.read(8))[0]
header = json.loads(weights.read(header_size))
data_start = 8 + header_size
prefix = "bert." if any(name.startswith("bert.") for name in header) else ""


def tensor(name):
    entry = header[prefix + name]
    begin, end = entry["data_offsets"]
    weights.seek(data_start + begin)
    kind = {"F32": np.float32, "F16": np.float16}[entry["dtype"]]
    return np.frombuffer(weights.read(end - begin), kind).reshape(entry["shape"]).astype(np.float32)


writer = gguf.GGUFWriter(output, "bert")
layers = config["num_hidden_layers"]
writer.add_name("all-MiniLM-L6-v2")
writer.add_context_length(config["max_position_embeddings"])
writer.add_embedding_length(config["hidden_size"])
writer.add_block_count(layers)
writer.add_feed_forward_length(config["intermediate_size"])
writer.add_head_count(config["num_attention_heads"])
writer.add_layer_norm_eps(config["layer_norm_eps"])
writer.add_causal_attention(False)
writer.add_pooling_type(gguf.PoolingType.MEAN)
writer.add_file_type(1)

# WordPiece marks continuations with ##; GGUF marks word starts with U+2581 instead.
vocabulary = [line.rstrip("\n") for line in open(f"{folder}/vocab.txt", encoding="utf8")]
tokens, kinds = [], []
for word in vocabulary:
    if word.startswith("[") and word.endswith("]") and len(word) > 2:
        tokens.append(word)
        kinds.append(3)
    elif word.startswith("##"):
        tokens.append(word[2:])
        kinds.append(1)
    else:
        tokens.append("\u2581" + word)
        kinds.append(1)
writer.add_tokenizer_model("bert")
writer.add_token_list([token.encode() for token in tokens])
writer.add_token_types(kinds)
writer.add_token_type_count(2)
place = {word: index for index, word in enumerate(vocabulary)}
writer.add_bos_token_id(place["[CLS]"])
writer.add_eos_token_id(place["[SEP]"])
writer.add_unk_token_id(place["[UNK]"])
writer.add_sep_token_id(place["[SEP]"])
writer.add_pad_token_id(place["[PAD]"])
writer.add_mask_token_id(place["[MASK]"])


def add(target, source, half=True):
    values = tensor(source)
    writer.add_tensor(target, values.astype(np.float16) if half and values.ndim == 2 else values)


add("token_embd.weight", "embeddings.word_embeddings.weight")
add("position_embd.weight", "embeddings.position_embeddings.weight", half=False)
add("token_types.weight", "embeddings.token_type_embeddings.weight", half=False)
for part in ("weight", "bias"):
    add("token_embd_norm." + part, "embeddings.LayerNorm." + part)
names = {
    "attn_q": "attention.self.query",
    "attn_k": "attention.self.key",
    "attn_v": "attention.self.value",
    "attn_output": "attention.output.dense",
    "attn_output_norm": "attention.output.LayerNorm",
    "ffn_up": "intermediate.dense",
    "ffn_down": "output.dense",
    "layer_output_norm": "output.LayerNorm",
}
for layer in range(layers):
    for target, source in names.items():
        for part in ("weight", "bias"):
            add(f"blk.{layer}.{target}.{part}", f"encoder.layer.{layer}.{source}.{part}")
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
