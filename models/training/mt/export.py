"""A taught translator into the shipped format: `python export.py --taught DIR --model ../../starter/mt --out DIR`.

Four bits in blocks of 32 for every linear layer (scores of pieces included), eight bits for the table of pieces, as they were
while it was taught; `--model` gives the tokenizer. The graph is that of graph.py.
"""
import argparse
import shutil
from pathlib import Path

def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--taught", required=True)
    p.add_argument("--model", default="../../starter/mt")
    p.add_argument("--out", required=True)
    return p.parse_args()


if __name__ == "__main__":
    given = arguments()     # before what takes long to load, or is not installed yet

import numpy as np
import onnx
import torch

import gemma
import graph


def packed(weight):
    """(packed, scales) of a matrix, as `graph` has them."""
    values, scales = gemma.four_bits(weight)
    values = (values.numpy() + 8).astype(np.uint8).reshape(*values.shape[:2], gemma.BLOCK // 2, 2)
    return values[..., 0] | values[..., 1] << 4, scales.numpy().reshape(values.shape[:2])


def main(given):
    from transformers import Gemma3ForCausalLM
    state = Gemma3ForCausalLM.from_pretrained(given.taught, dtype=torch.float32).state_dict()
    state = {name.removesuffix(".weight"): weight for name, weight in state.items()}
    table = state.pop("model.embed_tokens").numpy()
    norms = {name: weight.numpy() + 1 for name, weight in state.items() if "norm" in name}
    linear = {name: packed(weight) for name, weight in state.items() if "norm" not in name}
    scales = np.abs(table).max(1, keepdims=True) / 127
    rows = np.clip(np.round(table / np.maximum(scales, 1e-12)) + 128, 1, 255).astype(np.uint8)
    out = Path(given.out)
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(graph.build(norms, linear, rows, scales), out / "model.onnx")
    for file in ("config.json", "tokenizer.model"):
        shutil.copy(Path(given.model) / file, out / file)
    print(f"{(out / 'model.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(given)
