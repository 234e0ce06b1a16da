"""The product's own translator for llama.cpp: the same four-bit weights in GGUF.

    python gguf_from_onnx.py --model ../starter/mt --out starter.gguf

Linear layers keep their bits: blocks of 32 with one scale are llama.cpp's Q4_0 (its scale has 16 bits). The table of pieces has 8
bits in both, there with a scale for each 32 values. Packages: numpy, onnx, sentencepiece, gguf.
"""
import argparse
import json
import sys
from pathlib import Path

import gguf
import numpy as np
import onnx
import sentencepiece

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training/mt"))
import graph
from graph import BLOCK, HEAD, HEADS, INNER, LAYERS, WIDTH, WINDOW

NAMES = {
    "input_layernorm": "attn_norm", "post_attention_layernorm": "post_attention_norm",
    "pre_feedforward_layernorm": "ffn_norm", "post_feedforward_layernorm": "post_ffw_norm",
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output", "self_attn.q_norm": "attn_q_norm", "self_attn.k_norm": "attn_k_norm",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
}

ENDS = {"model.norm": "output_norm.weight", "lm_head": "output.weight"}


def name_in_gguf(name):
    """`model.layers.3.mlp.down_proj` → `blk.3.ffn_down.weight`."""
    if name in ENDS:
        return ENDS[name]
    _, _, layer, rest = name.split(".", 3)
    return f"blk.{layer}.{NAMES[rest]}.weight"


def q4_0(packed, scales):
    """Blocks of 32: ONNX has neighbours in a byte, llama.cpp the two halves of a block."""
    rows = packed.shape[0]
    packed = packed.reshape(rows, -1, BLOCK // 2)
    values = np.stack([packed & 15, packed >> 4], -1).reshape(rows, -1, BLOCK)
    halves = values[..., :BLOCK // 2] | values[..., BLOCK // 2:] << 4
    scales = scales.reshape(rows, -1, 1).astype(np.float16)
    return np.concatenate([scales.view(np.uint8), halves.astype(np.uint8)], -1).reshape(rows, -1)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--model", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    args = options.parse_args()
    marks = json.loads((args.model / "config.json").read_text())
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(args.model / "tokenizer.model"))

    out = gguf.GGUFWriter(args.out, "gemma3")
    out.add_context_length(2048)
    out.add_embedding_length(WIDTH)
    out.add_block_count(LAYERS)
    out.add_feed_forward_length(INNER)
    out.add_head_count(HEADS)
    out.add_head_count_kv(1)
    out.add_key_length(HEAD)
    out.add_value_length(HEAD)
    out.add_layer_norm_rms_eps(1e-6)
    out.add_rope_freq_base(1e6)
    out.add_sliding_window(WINDOW)
    out.add_file_type(gguf.LlamaFileType.MOSTLY_Q4_0)
    out.add_tokenizer_model("llama")
    count = marks["vocab"]
    kinds = [gguf.TokenType.CONTROL if i in (marks["bos"], marks["eos"], marks["pad"], marks["to_uk"], marks["to_da"])
             else gguf.TokenType.NORMAL for i in range(count)]
    known = min(count, pieces.get_piece_size())
    out.add_token_list([pieces.id_to_piece(i) if i < known else f"<unused{i}>" for i in range(count)])
    out.add_token_scores([pieces.get_score(i) if i < known else 0.0 for i in range(count)])
    out.add_token_types(kinds)
    out.add_bos_token_id(marks["bos"])
    out.add_eos_token_id(marks["eos"])
    out.add_pad_token_id(marks["pad"])
    out.add_add_bos_token(False)

    norms, linear, table, scales = graph.read(onnx.load(args.model / "model.onnx"))
    for name, gamma in norms.items():
        out.add_tensor(name_in_gguf(name), gamma)
    for name, (packed, scale) in linear.items():
        out.add_tensor(name_in_gguf(name), q4_0(packed, scale), raw_dtype=gguf.GGMLQuantizationType.Q4_0)
    table = (table.astype(np.float32) - 128) * scales
    q8 = gguf.quants.quantize(table.astype(np.float32), gguf.GGMLQuantizationType.Q8_0)
    out.add_tensor("token_embd.weight", q8, raw_dtype=gguf.GGMLQuantizationType.Q8_0)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()


if __name__ == "__main__":
    main()
