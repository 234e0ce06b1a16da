"""The translator's graph for ONNX Runtime, as few operations as it has fused ones for, and its weights back out of it.

PyTorch's exporter writes 5,600 small operations for the same, a third of the time of a step. Here attention with its rotation and
cache is one operation a layer (GroupQueryAttention), queries, keys and values are one product, and so are the two halves of the
feed-forward layer; scores of pieces are worked out for the last position only.

Linear layers are four bits in blocks of 32 that share a scale: packed [rows, blocks, 16], two neighbours in a byte, and scales
[rows, blocks]. The table of pieces is eight bits with a scale for each row.
"""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LAYERS, WIDTH, INNER, HEADS, HEAD, WINDOW, LENGTH = 18, 640, 2048, 4, 256, 512, 1024
BLOCK, EPSILON = 32, 1e-6
ROTATION = {"full": 1e6, "sliding": 1e4}
CONTRIB = "com.microsoft"
# (product in the graph, rows of its parts, their names in PyTorch)
JOINED = [
    ("qkv", (HEADS * HEAD, HEAD, HEAD), ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj")),
    ("o", (WIDTH,), ("self_attn.o_proj",)),
    ("gate_up", (INNER, INNER), ("mlp.gate_proj", "mlp.up_proj")),
    ("down", (WIDTH,), ("mlp.down_proj",)),
]


def is_full(layer):
    return (layer + 1) % 6 == 0


class Graph:
    """Nodes and weights as they are added."""

    def __init__(self):
        self.nodes, self.weights = [], []

    def weight(self, name, array):
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, op, inputs, name, outputs=None, domain="", **given):
        outputs = outputs or [name]
        self.nodes.append(helper.make_node(op, inputs, outputs, name=name, domain=domain, **given))
        return outputs[0]

    def norm(self, value, layer, gamma):
        return self.node("SimplifiedLayerNormalization", [value, gamma], layer, axis=-1, epsilon=EPSILON, stash_type=1)

    def skip_norm(self, value, skip, layer, gamma):
        """(normed sum, the sum)"""
        self.node("SkipSimplifiedLayerNormalization", [value, skip, gamma], layer, [layer, "", "", layer + ".sum"], CONTRIB, epsilon=EPSILON)
        return layer, layer + ".sum"

    def product(self, value, name, packed, scales):
        rows, blocks = packed.shape[0], packed.shape[1]
        self.weight(name + ".weight", packed)
        self.weight(name + ".scales", scales.reshape(-1).astype(np.float32))
        return self.node("MatMulNBits", [value, name + ".weight", name + ".scales"], name, domain=CONTRIB,
                         K=blocks * BLOCK, N=rows, bits=4, block_size=BLOCK, accuracy_level=4)


def read(model):
    """(norms, linear layers, table, its scales) of a graph that `build` made, by the names that PyTorch has."""
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    if "table" not in arrays:
        raise SystemExit("this is not a graph of graph.py")

    def linear(name, *rows):
        packed, scales = arrays[name + ".weight"], arrays[name + ".scales"]
        scales, ends = scales.reshape(packed.shape[0], -1), np.cumsum(rows)[:-1]
        return list(zip(np.split(packed, ends), np.split(scales, ends)))

    norms = {name.removesuffix(".gamma"): array for name, array in arrays.items() if name.endswith(".gamma")}
    layers = {}
    layers["lm_head"], = linear("logits", arrays["table"].shape[0])
    for n in range(LAYERS):
        for name, rows, parts in JOINED:
            for part, value in zip(parts, linear(f"l{n}.{name}", *rows)):
                layers[f"model.layers.{n}.{part}"] = value
    return norms, layers, arrays["table"], arrays["table.scales"] / np.float32(np.sqrt(WIDTH))


def rotation(base):
    """Cosines and sines [positions, half a head]."""
    turns = np.arange(LENGTH)[:, None] / base ** (np.arange(0, HEAD, 2) / HEAD)[None, :]
    return np.cos(turns).astype(np.float32), np.sin(turns).astype(np.float32)


def build(norms, linear, table, scales):
    """The model of what `read` returns. Inputs `input_ids` and `attention_mask` (i64 [rows, new], [rows, seen]), the cache of each
    layer (f32 [rows, 1, before, 256]); outputs `logits` (f32 [rows, 1, pieces]) and the cache with the new positions."""
    g = Graph()

    def product(value, layer, name):
        parts = next(parts for joined, _, parts in JOINED if joined == name)
        packed, scale = zip(*(linear[f"model.layers.{layer}.{part}"] for part in parts))
        return g.product(value, f"l{layer}.{name}", np.concatenate(packed), np.concatenate(scale))

    g.weight("table", table)
    g.weight("table.scales", scales.astype(np.float32) * np.float32(np.sqrt(WIDTH)))
    g.weight("table.zero", np.float32(128))
    for kind, base in ROTATION.items():
        cosines, sines = rotation(base)
        g.weight(kind + ".cos", cosines)
        g.weight(kind + ".sin", sines)
    for name, values in [("one", [1]), ("last", [-1]), ("qkv", [HEADS * HEAD, HEAD, HEAD]), ("halves", [INNER, INNER]),
                         ("heads", [0, 0, HEADS, HEAD]), ("flat", [0, 0, HEADS * HEAD])]:
        g.weight(name, np.array(values, np.int64))

    g.node("ReduceSum", ["attention_mask", "one"], "seen", keepdims=0)
    g.node("Sub", ["seen", "one"], "before")
    g.node("Cast", ["before"], "seqlens", to=TensorProto.INT32)
    g.node("Shape", ["attention_mask"], "mask.shape", start=1, end=2)
    g.node("Squeeze", ["mask.shape"], "total.long")
    g.node("Cast", ["total.long"], "total", to=TensorProto.INT32)

    g.node("Gather", ["table", "input_ids"], "rows")
    g.node("Cast", ["rows"], "rows.float", to=TensorProto.FLOAT)
    g.node("Sub", ["rows.float", "table.zero"], "rows.centred")
    g.node("Gather", ["table.scales", "input_ids"], "rows.scale")
    stream = g.node("Mul", ["rows.centred", "rows.scale"], "embedded")

    def gamma(name):
        key = f"{name}.gamma"
        g.weight(key, norms[name].astype(np.float32))
        return key

    normed = g.norm(stream, "l0.input_norm", gamma("model.layers.0.input_layernorm"))
    for n in range(LAYERS):
        l, m = f"l{n}", f"model.layers.{n}"
        qkv = product(normed, n, "qkv")
        g.node("Split", [qkv, "qkv"], f"{l}.split", [f"{l}.q", f"{l}.k", f"{l}.v"], axis=-1)
        g.node("Reshape", [f"{l}.q", "heads"], f"{l}.q.heads")
        g.norm(f"{l}.q.heads", f"{l}.q.normed", gamma(f"{m}.self_attn.q_norm"))
        g.node("Reshape", [f"{l}.q.normed", "flat"], f"{l}.q.flat")
        g.norm(f"{l}.k", f"{l}.k.normed", gamma(f"{m}.self_attn.k_norm"))
        kind = "full" if is_full(n) else "sliding"
        g.node("GroupQueryAttention",
               [f"{l}.q.flat", f"{l}.k.normed", f"{l}.v", f"past_key_values.{n}.key", f"past_key_values.{n}.value", "seqlens", "total",
                kind + ".cos", kind + ".sin"],
               f"{l}.attention", [f"{l}.attention", f"present.{n}.key", f"present.{n}.value"], CONTRIB,
               num_heads=HEADS, kv_num_heads=1, scale=HEAD ** -0.5, do_rotary=1, rotary_interleaved=0,
               local_window_size=-1 if is_full(n) else WINDOW)
        out = product(f"{l}.attention", n, "o")
        out = g.norm(out, f"{l}.o.normed", gamma(f"{m}.post_attention_layernorm"))
        normed, stream = g.skip_norm(out, stream, f"{l}.feed_norm", gamma(f"{m}.pre_feedforward_layernorm"))
        both = product(normed, n, "gate_up")
        g.node("Split", [both, "halves"], f"{l}.halves", [f"{l}.gate", f"{l}.up"], axis=-1)
        g.node("FastGelu", [f"{l}.gate"], f"{l}.gelu", domain=CONTRIB)
        g.node("Mul", [f"{l}.gelu", f"{l}.up"], f"{l}.gated")
        out = product(f"{l}.gated", n, "down")
        out = g.norm(out, f"{l}.down.normed", gamma(f"{m}.post_feedforward_layernorm"))
        following = gamma("model.norm" if n == LAYERS - 1 else f"model.layers.{n + 1}.input_layernorm")
        if n == LAYERS - 1:
            g.node("Add", [out, stream], "stream")
            g.node("Gather", ["stream", "last"], "stream.last", axis=1)
            normed = g.norm("stream.last", "norm", following)
        else:
            normed, stream = g.skip_norm(out, stream, f"l{n + 1}.input_norm", following)
    g.product(normed, "logits", *linear["lm_head"])

    floats, longs = TensorProto.FLOAT, TensorProto.INT64
    past = [(f"{{}}.{n}.{kv}") for n in range(LAYERS) for kv in ("key", "value")]
    inputs = [helper.make_tensor_value_info("input_ids", longs, ["rows", "new"]),
              helper.make_tensor_value_info("attention_mask", longs, ["rows", "seen"])]
    inputs += [helper.make_tensor_value_info(name.format("past_key_values"), floats, ["rows", 1, "before", HEAD]) for name in past]
    outputs = [helper.make_tensor_value_info("logits", floats, ["rows", 1, table.shape[0]])]
    outputs += [helper.make_tensor_value_info(name.format("present"), floats, ["rows", 1, "seen", HEAD]) for name in past]
    graph = helper.make_graph(g.nodes, "translator", inputs, outputs, g.weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(CONTRIB, 1)])
    model.ir_version = 10
    return model

