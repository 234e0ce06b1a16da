"""The product's own Whisper weights for CTranslate2, so that faster-whisper can be measured with the same model.

    python ct2_from_ggml.py --ggml ../starter/asr/ggml-q8_0.bin --like DIR --out OTHER

DIR is a CTranslate2 folder of Whisper base (`model.bin`, `config.json`, `tokenizer.json`, `vocabulary.txt`): the shapes and names
come from there, the values from the ggml file, in 16 bits. OTHER gets the same four files.
"""
import argparse
import shutil
import struct
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training/asr"))
import weights_file

LAYERS = 6


def read_ggml(path):
    """Name → f32 array. 32-bit, 16-bit and q8_0 tensors (blocks of 32: one f16 scale, 32 signed bytes)."""
    data = open(path, "rb").read()
    at = 0

    def take(form):
        nonlocal at
        value = struct.unpack_from("<" + form, data, at)
        at += struct.calcsize("<" + form)
        return value if len(value) > 1 else value[0]

    if take("I") != 0x67676D6C:
        raise SystemExit(f"{path} is no ggml file")
    take("11i")
    bands, bins = take("2i")
    at += 4 * bands * bins
    for _ in range(take("i")):
        length = take("I")
        at += length
    tensors = {}
    while at < len(data):
        rank, length, kind = take("3i")
        shape = [take("i") for _ in range(rank)][::-1]
        name = data[at:at + length].decode()
        at += length
        count = int(np.prod(shape))
        if kind == 8:
            blocks = np.frombuffer(data, np.dtype([("scale", "<f2"), ("values", "i1", 32)]), count // 32, at)
            values = (blocks["values"].astype(np.float32) * blocks["scale"].astype(np.float32)[:, None]).ravel()
            at += blocks.nbytes
        elif kind in (0, 1):
            values = np.frombuffer(data, "<f4" if kind == 0 else "<f2", count, at).astype(np.float32)
            at += count * (4 if kind == 0 else 2)
        else:
            raise SystemExit(f"{path}: {name} has type {kind}; this reads f32, f16 and q8_0")
        tensors[name] = values.reshape(shape)
    return tensors


def renamed(g):
    """CTranslate2's names: queries, keys and values in one matrix, a key's bias (Whisper has none) as zeros."""
    out = {}

    def both(ct2, ggml, weight="weight", bias="bias"):
        out[f"{ct2}/{weight}"], out[f"{ct2}/{bias}"] = g[ggml + ".weight"], g[ggml + ".bias"].ravel()

    def fused(ct2, ggml, parts):
        out[ct2 + "/weight"] = np.concatenate([g[f"{ggml}.{part}.weight"] for part in parts])
        zero = np.zeros_like(g[f"{ggml}.value.bias"])
        out[ct2 + "/bias"] = np.concatenate([zero if part == "key" else g[f"{ggml}.{part}.bias"] for part in parts])

    both("encoder/conv1", "encoder.conv1")
    both("encoder/conv2", "encoder.conv2")
    out["encoder/position_encodings/encodings"] = g["encoder.positional_embedding"]
    out["decoder/position_encodings/encodings"] = g["decoder.positional_embedding"]
    out["decoder/embeddings/weight"] = g["decoder.token_embedding.weight"]
    for side, last in (("encoder", "encoder.ln_post"), ("decoder", "decoder.ln")):
        both(side + "/layer_norm", last, "gamma", "beta")
        for i in range(LAYERS):
            ours, theirs = f"{side}/layer_{i}", f"{side}.blocks.{i}"
            both(ours + "/self_attention/layer_norm", theirs + ".attn_ln", "gamma", "beta")
            fused(ours + "/self_attention/linear_0", theirs + ".attn", ("query", "key", "value"))
            both(ours + "/self_attention/linear_1", theirs + ".attn.out")
            if side == "decoder":
                both(ours + "/attention/layer_norm", theirs + ".cross_attn_ln", "gamma", "beta")
                fused(ours + "/attention/linear_0", theirs + ".cross_attn", ("query",))
                fused(ours + "/attention/linear_1", theirs + ".cross_attn", ("key", "value"))
                both(ours + "/attention/linear_2", theirs + ".cross_attn.out")
            both(ours + "/ffn/layer_norm", theirs + ".mlp_ln", "gamma", "beta")
            both(ours + "/ffn/linear_0", theirs + ".mlp.0")
            both(ours + "/ffn/linear_1", theirs + ".mlp.2")
    return out


p = argparse.ArgumentParser()
p.add_argument("--ggml", required=True)
p.add_argument("--like", required=True)
p.add_argument("--out", required=True)
a = p.parse_args()
old, layout = weights_file.read(Path(a.like) / "model.bin")
new = {name: value.reshape(old[name].shape) for name, value in renamed(read_ggml(a.ggml)).items()}
left = [name for name, value in old.items() if value.ndim > 0 and value.size > 1 and name not in new]
if left:
    raise SystemExit(f"no values for {', '.join(left)}")
Path(a.out).mkdir(parents=True, exist_ok=True)
weights_file.write(Path(a.out) / "model.bin", layout, new)
for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
    shutil.copy(Path(a.like) / name, a.out)
