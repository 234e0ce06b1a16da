"""The translator as a PyTorch model: read from the shipped ONNX, and what its four-bit weights look like.

One sequence: <bos> source pieces <to_uk | to_da> target pieces <eos>.
"""
import json
from pathlib import Path

import numpy as np
import sentencepiece
import torch
from torch.nn import functional as F

import graph
from graph import BLOCK


class Pieces:
    """SentencePiece with the kept pieces only, and the marks around a sequence."""

    def __init__(self, folder):
        folder = Path(folder)
        self.sp = sentencepiece.SentencePieceProcessor(model_file=str(folder / "tokenizer.model"))
        marks = json.loads((folder / "config.json").read_text())
        self.bos, self.eos, self.pad, self.vocabulary = (marks[name] for name in ("bos", "eos", "pad", "vocab"))
        self.to = {"uk": marks["to_uk"], "da": marks["to_da"]}

    def encode(self, text):
        return self.sp.encode(text)

    def decode(self, ids):
        return self.sp.decode([int(i) for i in ids])


def config(pieces):
    from transformers import Gemma3TextConfig
    return Gemma3TextConfig(
        vocab_size=pieces.vocabulary, hidden_size=640, intermediate_size=2048, num_hidden_layers=18, num_attention_heads=4,
        num_key_value_heads=1, head_dim=256, max_position_embeddings=32768, rms_norm_eps=1e-6, rope_theta=1e6,
        rope_local_base_freq=1e4, sliding_window=512, query_pre_attn_scalar=256, tie_word_embeddings=True,
        bos_token_id=pieces.bos, eos_token_id=pieces.eos, pad_token_id=pieces.pad, hidden_activation="gelu_pytorch_tanh",
        layer_types=["full_attention" if (layer + 1) % 6 == 0 else "sliding_attention" for layer in range(18)])


def from_onnx(folder):
    """The shipped model as float32: a place to go on from."""
    import onnx
    from transformers import Gemma3ForCausalLM
    pieces = Pieces(folder)
    norms, linear, table, scales = graph.read(onnx.load(Path(folder) / "model.onnx"))
    state = {f"{name}.weight": torch.from_numpy(gamma.copy()) - 1 for name, gamma in norms.items()}
    for name, (packed, scale) in linear.items():
        rows = packed.shape[0]
        values = np.stack([packed & 15, packed >> 4], -1).reshape(rows, -1, BLOCK).astype(np.float32) - 8
        state[name + ".weight"] = torch.from_numpy((values * scale[..., None]).reshape(rows, -1))
    table = torch.from_numpy((table.astype(np.float32) - 128) * scales)
    state["model.embed_tokens.weight"] = state["lm_head.weight"] = table
    model = Gemma3ForCausalLM(config(pieces))
    model.load_state_dict(state)
    return model


def four_bits(weight):
    """(values −8…7, scales) of a matrix [rows, columns] in blocks of 32: the largest of a block becomes −8."""
    blocks = weight.reshape(weight.shape[0], -1, BLOCK)
    above, below = blocks.amax(-1, keepdim=True), blocks.amin(-1, keepdim=True)
    scales = torch.where(above > -below, above, below) / -8
    values = (blocks / torch.where(scales == 0, torch.ones_like(scales), scales)).round().clamp(-8, 7)
    return values, scales


def as_four_bits(weight):
    """What is left of a matrix after four bits."""
    values, scales = four_bits(weight)
    return (values * scales).reshape(weight.shape)


class Rounded(torch.autograd.Function):
    """A weight as it will be after four bits; the gradient passes as if it had not been rounded."""

    @staticmethod
    def forward(_, weight):
        return as_four_bits(weight)

    @staticmethod
    def backward(_, gradient):
        return gradient


class Rounding:
    """`with rounding:` every linear layer multiplies with its four-bit weights; outside, what is taught are the whole ones.

    Gradients found inside belong to the rounded weights and are taken for those of the whole ones. Weights are
    rounded once a step, not once a product. The scores of pieces share their table with the pieces themselves, which stay whole.
    """

    def __init__(self, model, compiled=False):
        self.head = model.lm_head
        linear = [m.weight for m in model.modules() if isinstance(m, torch.nn.Linear) and m is not model.lm_head]
        self.kept = [(weight, weight.data, torch.empty_like(weight.data)) for weight in linear]
        self.round = torch.compile(as_four_bits, dynamic=False) if compiled else as_four_bits

    @torch.no_grad()
    def __enter__(self):
        for weight, whole, rounded in self.kept:
            rounded.copy_(self.round(whole))
            weight.data = rounded
        self.head.forward = lambda x: F.linear(x, Rounded.apply(self.head.weight))

    def __exit__(self, *_):
        for weight, whole, _ in self.kept:
            weight.data = whole
        del self.head.forward


@torch.no_grad()
def translate(model, pieces, texts, to, batch=16, limit=96):
    """Greedy translations of `texts`."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    out = [""] * len(texts)
    model.eval()
    for start in range(0, len(order), batch):
        part = order[start:start + batch]
        prompts = [[pieces.bos] + pieces.encode(texts[i])[:120] + [pieces.to[to]] for i in part]
        longest = max(map(len, prompts))
        ids = torch.tensor([[pieces.pad] * (longest - len(p)) + p for p in prompts]).to(model.device)
        seen = torch.tensor([[0] * (longest - len(p)) + [1] * len(p) for p in prompts]).to(model.device)
        rows = model.generate(input_ids=ids, attention_mask=seen, max_new_tokens=limit, do_sample=False,
                              pad_token_id=pieces.pad, eos_token_id=pieces.eos)
        for i, row in zip(part, rows[:, longest:].tolist()):
            row = row[:row.index(pieces.eos)] if pieces.eos in row else row
            out[i] = pieces.decode([piece for piece in row if piece != pieces.pad]).strip()
    model.train()
    return out
